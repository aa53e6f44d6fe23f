package dev.verdant.ledger;

import java.util.Arrays;

/**
 * The number of the last run of each month that had one: up to there an account catches up with the
 * room of the month in which it was last touched.
 */
final class MonthEnds {
  private int count;
  private int[] months;
  private int[] runs;

  MonthEnds() {
    months = new int[12];
    runs = new int[12];
  }

  private MonthEnds(MonthEnds live) {
    count = live.count;
    months = live.months.clone();
    runs = live.runs.clone();
  }

  /** The same as of now. */
  MonthEnds copy() {
    return new MonthEnds(this);
  }

  /** Tells or takes all of it. */
  void exchange(StateWords words) {
    count = words.word(count);
    final int length = Math.max(months.length, count);
    months = Arrays.copyOf(months, length);
    runs = Arrays.copyOf(runs, length);
    for (int i = 0; i < count; i++) {
      months[i] = words.word(months[i]);
      runs[i] = words.word(runs[i]);
    }
  }

  /** Notes a run; months and runs only ever grow. */
  void note(int month, int run) {
    if (count == 0 || months[count - 1] != month) {
      if (count == months.length) {
        months = Arrays.copyOf(months, 2 * count);
        runs = Arrays.copyOf(runs, 2 * count);
      }
      months[count++] = month;
    }
    runs[count - 1] = run;
  }

  /** Number of the last run up to the end of a month, 0 if there was none. */
  int lastRunOf(int month) {
    int i = count - 1;
    while (i >= 0 && months[i] > month) {
      i--;
    }
    return i < 0 ? 0 : runs[i];
  }
}
