package dev.verdant.ledger;

import java.util.Arrays;

/**
 * The monthly valve by month: a change takes effect at the next month's start, or at once while
 * there is no account (rulebook section 2). Kept by month, since an account that catches up needs
 * the valve of the month of its last touch.
 */
final class MonthlyValve {
  private int[] from;
  private int[] bps;

  MonthlyValve(int initialBps) {
    changeAtOnce(initialBps);
  }

  private MonthlyValve(MonthlyValve live) {
    from = live.from.clone();
    bps = live.bps.clone();
  }

  /** The valve as it is now. */
  MonthlyValve copy() {
    return new MonthlyValve(this);
  }

  /** Tells or takes all of it. */
  void exchange(StateWords words) {
    final int count = words.word(from.length);
    from = Arrays.copyOf(from, count);
    bps = Arrays.copyOf(bps, count);
    for (int i = 0; i < count; i++) {
      from[i] = words.word(from[i]);
      bps[i] = words.word(bps[i]);
    }
  }

  /** The valve in force in a month. */
  int at(int month) {
    int i = from.length - 1;
    while (from[i] > month) {
      i--;
    }
    return bps[i];
  }

  final void changeAtOnce(int newBps) {
    from = new int[] {Integer.MIN_VALUE};
    bps = new int[] {newBps};
  }

  void changeFrom(int month, int newBps) {
    if (from[from.length - 1] != month) {
      from = Arrays.copyOf(from, from.length + 1);
      bps = Arrays.copyOf(bps, bps.length + 1);
      from[from.length - 1] = month;
    }
    bps[bps.length - 1] = newBps;
  }
}
