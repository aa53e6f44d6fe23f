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

  private final PaidRatios ratios;
  private int count;

  /** By number. */
  private Cohort[] cohorts;

  /** The last run at which a cohort has exited, or a later one; 0 before there was any. */
  private int lastExit;

  Cohorts() {
    ratios = new PaidRatios();
    cohorts = new Cohort[INITIAL];
  }

  private Cohorts(Cohorts live) {
    ratios = live.ratios;
    count = live.count;
    lastExit = live.lastExit;
    cohorts = new Cohort[count + 1];
    for (int cohort = 1; cohort <= count; cohort++) {
      cohorts[cohort] = live.cohorts[cohort].copy();
    }
  }

  int count() {
    return count;
  }

  /** The cohorts as they are now, which nothing changes any more. */
  Cohorts copy() {
    return new Cohorts(this);
  }

  /**
   * Tells or takes all of them.
   *
   * @param lastRun so far.
   */
  void exchange(StateWords words, int lastRun) {
    final int all = words.word(count);
    for (int cohort = 1; cohort <= all; cohort++) {
      if (cohort > count) {
        add(0, 0, 0);
      }
      cohorts[cohort].exchange(words);
    }
    lastExit = lastRun; // at the latest: when it was is not told
  }

  /** Adds a cohort without points and returns its number. */
  int add(int poolId, int planId, int entryPeriod) {
    final int cohort = ++count;
    if (cohort == cohorts.length) {
      cohorts = Arrays.copyOf(cohorts, 2 * cohort);
    }
    cohorts[cohort] = new Cohort(poolId, planId, entryPeriod);
    return cohort;
  }

  /** The cohort with a number; to be changed by the writer alone. */
  Cohort at(int cohort) {
    return cohorts[cohort];
  }

  /**
   * Lets a cohort exit: its points are retired.
   *
   * @param run at which it does.
   */
  void exit(int cohort, int run) {
    cohorts[cohort].exit();
    lastExit = run;
  }

  /** The last run at which a cohort has exited, or a later one. */
  int lastExit() {
    return lastExit;
  }

  /** True if both are of one pool, and the first one's period was before the second one's. */
  boolean isBefore(int first, int second) {
    final Cohort one = cohorts[first];
    final Cohort other = cohorts[second];
    return one.pool == other.pool && one.entry < other.entry;
  }

  /**
   * The {@linkplain FixedPoint#binaryRatio binary ratios} that were paid after a run, by number of
   * cohort, 0 for number 0; null where they must be asked for one by one, with {@link
   * Cohort#paidAt}. Good until a cohort comes to be.
   *
   * @param run one of those so far.
   * @param lastRun the last one so far.
   */
  long[] paidAfter(int run, int lastRun) {
    return ratios.after(this, run, lastRun);
  }
}
