package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The last run of each month, against a sorted map. */
class MonthEndsTest {
  /** More than there is room for at first, twice over. */
  private static final int MOST_MONTHS = 40;

  private static final int FIRST_MONTH = -3;

  private final SplittableRandom random = new SplittableRandom(20250120);

  private static int lastRunOf(NavigableMap<Integer, Integer> runs, int month) {
    return runs.floorEntry(month) == null ? 0 : runs.floorEntry(month).getValue();
  }

  /** Compares from before the first month to behind the last. */
  private static void requireAllMonths(MonthEnds ends, NavigableMap<Integer, Integer> runs) {
    final int last = runs.isEmpty() ? FIRST_MONTH : runs.lastKey();
    for (int month = FIRST_MONTH - 2; month <= last + 2; month++) {
      assertThat(ends.lastRunOf(month))
          .as("month %d, runs %s", month, runs)
          .isEqualTo(lastRunOf(runs, month));
    }
  }

  /** One to three runs in each month, some months without. */
  private void run(MonthEnds ends, NavigableMap<Integer, Integer> runs, int months) {
    int month = FIRST_MONTH;
    int run = 0;
    for (int i = 0; i < months; i++) {
      month += 1 + random.nextInt(3);
      for (int again = random.nextInt(3); again >= 0; again--) {
        run++;
        ends.note(month, run);
        runs.put(month, run);
      }
    }
  }

  @Test
  void shouldTellTheLastRunUpToAnyMonthWhateverTheNumberOfMonths() {
    for (int months = 0; months <= MOST_MONTHS; months++) {
      final MonthEnds ends = new MonthEnds();
      final NavigableMap<Integer, Integer> runs = new TreeMap<>();
      run(ends, runs, months);
      assertThat(runs).hasSize(months);
      requireAllMonths(ends, runs);
    }
  }

  @Test
  void shouldTellACopyNothingOfLaterRuns() {
    for (int months = 1; months <= MOST_MONTHS; months++) {
      final MonthEnds ends = new MonthEnds();
      final NavigableMap<Integer, Integer> runs = new TreeMap<>();
      run(ends, runs, months);
      final MonthEnds copy = ends.copy();
      ends.note(runs.lastKey(), Integer.MAX_VALUE - 1);
      ends.note(runs.lastKey() + 1, Integer.MAX_VALUE);

      requireAllMonths(copy, runs);
      assertThat(ends.lastRunOf(runs.lastKey())).isEqualTo(Integer.MAX_VALUE - 1);
      assertThat(ends.lastRunOf(runs.lastKey() + 1)).isEqualTo(Integer.MAX_VALUE);
    }
  }
}
