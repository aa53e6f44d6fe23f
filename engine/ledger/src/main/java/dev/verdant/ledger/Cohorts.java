package dev.verdant.ledger;

import java.util.Arrays;

/**
 * The cohorts: points issued into one pool under one plan in one period (rulebook section 6),
 * numbered from 1 in the order in which they came to be. All that a release touches.
 *
 * <p>Each keeps its cumulative {@code paid} ratio and what that was after each run that changed it,
 * so that an account can catch up from the run and month of its last touch whenever it is next
 * looked at.
 */
final class Cohorts {
  private static final int INITIAL = 64;

  /** Payments that are looked at one by one before the others are searched. */
  private static final int RECENT = 4;

  private final PaidRatios ratios;
  private int count;
  private int[] pool = {};
  private int[] plan = {};
  private int[] entry = {};
  private int[] releases = {};
  private boolean[] exited = {};
  private long[] points = {};
  private long[] liability = {};
  private long[] due = {};
  private long[] paid = {};
  private long[] baseValue = {};
  private int[] payments = {};

  /** By cohort and payment: the run, and the ratio after it. Entries once there never change. */
  private int[][] historyRun = {};

  private long[][] historyPaid = {};

  Cohorts() {
    ratios = new PaidRatios();
    resize(INITIAL);
  }

  private Cohorts(Cohorts live) {
    ratios = live.ratios;
    count = live.count;
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
    resize(count + 1);
  }

  int count() {
    return count;
  }

  /** The cohorts as they are now, which nothing changes any more. */
  Cohorts copy() {
    return new Cohorts(this);
  }

  /** Tells or takes all of them. */
  void exchange(StateWords words) {
    final int all = words.word(count);
    for (int cohort = 1; cohort <= all; cohort++) {
      if (cohort > count) {
        add(0, 0, 0);
      }
      exchange(words, cohort);
    }
  }

  private void exchange(StateWords words, int cohort) {
    pool[cohort] = words.word(pool[cohort]);
    plan[cohort] = words.word(plan[cohort]);
    entry[cohort] = words.word(entry[cohort]);
    releases[cohort] = words.word(releases[cohort]);
    exited[cohort] = words.word(exited[cohort]);
    points[cohort] = words.word(points[cohort]);
    liability[cohort] = words.word(liability[cohort]);
    due[cohort] = words.word(due[cohort]);
    paid[cohort] = words.word(paid[cohort]);
    baseValue[cohort] = words.word(baseValue[cohort]);
    payments[cohort] = words.word(payments[cohort]);
    final int length = Math.max(historyRun[cohort].length, payments[cohort]);
    historyRun[cohort] = Arrays.copyOf(historyRun[cohort], length);
    historyPaid[cohort] = Arrays.copyOf(historyPaid[cohort], length);
    for (int i = 0; i < payments[cohort]; i++) {
      historyRun[cohort][i] = words.word(historyRun[cohort][i]);
      historyPaid[cohort][i] = words.word(historyPaid[cohort][i]);
    }
  }

  /** Adds a cohort without points and returns its number. */
  int add(int poolId, int planId, int entryPeriod) {
    final int cohort = ++count;
    if (cohort == pool.length) {
      resize(2 * cohort);
    }
    pool[cohort] = poolId;
    plan[cohort] = planId;
    entry[cohort] = entryPeriod;
    historyRun[cohort] = new int[4];
    historyPaid[cohort] = new long[4];
    return cohort;
  }

  /** Copies all of them to arrays of another length, larger than {@link #count}. */
  private void resize(int length) {
    pool = Arrays.copyOf(pool, length);
    plan = Arrays.copyOf(plan, length);
    entry = Arrays.copyOf(entry, length);
    releases = Arrays.copyOf(releases, length);
    exited = Arrays.copyOf(exited, length);
    points = Arrays.copyOf(points, length);
    liability = Arrays.copyOf(liability, length);
    due = Arrays.copyOf(due, length);
    paid = Arrays.copyOf(paid, length);
    baseValue = Arrays.copyOf(baseValue, length);
    payments = Arrays.copyOf(payments, length);
    historyRun = Arrays.copyOf(historyRun, length);
    historyPaid = Arrays.copyOf(historyPaid, length);
  }

  int pool(int cohort) {
    return pool[cohort];
  }

  int plan(int cohort) {
    return plan[cohort];
  }

  /** The pool's period number when the cohort's points were issued. */
  int entry(int cohort) {
    return entry[cohort];
  }

  /** Releases it has had. */
  int releases(int cohort) {
    return releases[cohort];
  }

  /** True if both are of one pool, and the first one's period was before the second one's. */
  boolean isBefore(int first, int second) {
    return pool[first] == pool[second] && entry[first] < entry[second];
  }

  boolean isExited(int cohort) {
    return exited[cohort];
  }

  /** Points held by its lots, in 1/100 point; of an exited cohort, those it had at its exit. */
  long points(int cohort) {
    return points[cohort];
  }

  void points(int cohort, long value) {
    points[cohort] = value;
  }

  /** Coupons released to it: floor(points * paid / ONE) as of the last run or refund. */
  long liability(int cohort) {
    return liability[cohort];
  }

  void liability(int cohort, long value) {
    liability[cohort] = value;
  }

  /** Ratio that its releases have added up to. */
  long due(int cohort) {
    return due[cohort];
  }

  /** Ratio that has been paid, never above {@link #due}. */
  long paid(int cohort) {
    return paid[cohort];
  }

  /** The pool's value at its first release with the pool, 0 before. */
  long baseValue(int cohort) {
    return baseValue[cohort];
  }

  /** Takes the outcome of a run of its pool. */
  void release(int cohort, int newReleases, long newBaseValue, long newDue, long newLiability) {
    releases[cohort] = newReleases;
    baseValue[cohort] = newBaseValue;
    due[cohort] = newDue;
    liability[cohort] = newLiability;
  }

  /**
   * Raises the ratio that has been paid.
   *
   * @param run that pays, larger than all before.
   */
  void pay(int cohort, long newPaid, int run) {
    paid[cohort] = newPaid;
    final int next = payments[cohort]++;
    if (next == historyRun[cohort].length) {
      historyRun[cohort] = Arrays.copyOf(historyRun[cohort], 2 * next);
      historyPaid[cohort] = Arrays.copyOf(historyPaid[cohort], 2 * next);
    }
    historyRun[cohort][next] = run;
    historyPaid[cohort][next] = newPaid;
  }

  void exit(int cohort) {
    exited[cohort] = true;
  }

  /** The paid ratio as it was after a run: accounts mostly ask for one of the last. */
  long paidAt(int cohort, int run) {
    final int[] runs = historyRun[cohort];
    int payment = payments[cohort] - 1;
    for (int i = 0; i < RECENT && payment >= 0 && runs[payment] > run; i++) {
      payment--;
    }
    if (payment >= 0 && runs[payment] > run) {
      final int found = Arrays.binarySearch(runs, 0, payment, run);
      payment = found >= 0 ? found : -found - 2;
    }
    return payment < 0 ? 0 : historyPaid[cohort][payment];
  }

  /**
   * The paid ratios as they were after a run, by number of cohort; null where they must be asked
   * for one by one, with {@link #paidAt}. Good until a cohort comes to be.
   *
   * @param run one of those so far.
   * @param lastRun the last one so far.
   */
  long[] paidAfter(int run, int lastRun) {
    return ratios.after(this, run, lastRun);
  }
}
