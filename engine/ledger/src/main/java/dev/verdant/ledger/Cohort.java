package dev.verdant.ledger;

import java.util.Arrays;

/** One of the {@link Cohorts}, with its ratio after each run that paid it. */
final class Cohort {
  private static final int INITIAL_PAYMENTS = 4;

  /** Payments that are looked at one by one before the others are searched. */
  private static final int RECENT = 4;

  /** Id of the pool that its points were issued into, and of the plan under which. */
  int pool;

  int plan;

  /** The pool's period number when its points were issued. */
  int entry;

  /** Releases it has had. */
  int releases;

  private boolean exited;

  /** Points held by its lots, in 1/100 point; of an exited cohort, those it had at its exit. */
  long points;

  /** Coupons released to it: floor(points * paid / ONE) as of the last run or refund. */
  long liability;

  /** Ratio that its releases have added up to. */
  long due;

  private long paid;

  /** The pool's value at its first release with the pool, 0 before. */
  long baseValue;

  private int payments;

  /** The run of each payment, and the ratio after it. Entries once there never change. */
  private int[] historyRun;

  private long[] historyPaid;

  /** A cohort without points. */
  Cohort(int pool, int plan, int entry) {
    this.pool = pool;
    this.plan = plan;
    this.entry = entry;
    historyRun = new int[INITIAL_PAYMENTS];
    historyPaid = new long[INITIAL_PAYMENTS];
  }

  private Cohort(Cohort live) {
    pool = live.pool;
    plan = live.plan;
    entry = live.entry;
    releases = live.releases;
    exited = live.exited;
    points = live.points;
    liability = live.liability;
    due = live.due;
    paid = live.paid;
    baseValue = live.baseValue;
    payments = live.payments;
    historyRun = live.historyRun;
    historyPaid = live.historyPaid;
  }

  /** The cohort as it is now, with the same history: to that only more is added. */
  Cohort copy() {
    return new Cohort(this);
  }

  /** Tells or takes all of it, with a history of its own from then on. */
  void exchange(StateWords words) {
    pool = words.word(pool);
    plan = words.word(plan);
    entry = words.word(entry);
    releases = words.word(releases);
    exited = words.word(exited);
    points = words.word(points);
    liability = words.word(liability);
    due = words.word(due);
    paid = words.word(paid);
    baseValue = words.word(baseValue);
    payments = words.word(payments);
    final int length = Math.max(historyRun.length, payments);
    historyRun = Arrays.copyOf(historyRun, length);
    historyPaid = Arrays.copyOf(historyPaid, length);
    for (int i = 0; i < payments; i++) {
      historyRun[i] = words.word(historyRun[i]);
      historyPaid[i] = words.word(historyPaid[i]);
    }
  }

  /** Whether it has had all its releases: its points are retired. */
  boolean hasExited() {
    return exited;
  }

  /** Retires its points; {@link Cohorts#exit} does. */
  void exit() {
    exited = true;
  }

  /** Ratio that has been paid, never above {@link #due}. */
  long paid() {
    return paid;
  }

  /**
   * Raises the ratio that has been paid.
   *
   * @param run that pays, larger than all before.
   */
  void pay(long newPaid, int run) {
    paid = newPaid;
    final int next = payments++;
    if (next == historyRun.length) {
      historyRun = Arrays.copyOf(historyRun, 2 * next);
      historyPaid = Arrays.copyOf(historyPaid, 2 * next);
    }
    historyRun[next] = run;
    historyPaid[next] = newPaid;
  }

  /** The paid ratio as it was after a run: accounts mostly ask for one of the last. */
  long paidAt(int run) {
    int payment = payments - 1;
    for (int i = 0; i < RECENT && payment >= 0 && historyRun[payment] > run; i++) {
      payment--;
    }
    if (payment >= 0 && historyRun[payment] > run) {
      final int found = Arrays.binarySearch(historyRun, 0, payment, run);
      payment = found >= 0 ? found : -found - 2;
    }
    return payment < 0 ? 0 : historyPaid[payment];
  }
}
