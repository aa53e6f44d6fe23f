package dev.verdant.ledger;

import java.util.Arrays;

/**
 * What the cohorts had paid after each of the last runs: those that nearly all accounts were last
 * touched after. A memo of {@link Cohorts#paidAt}, filled for a run when that is first asked for
 * and good for ever, since what was paid up to a run never changes. So a lot's ratio is found by
 * its cohort's number instead of a search in the cohort's history.
 *
 * <p>Not thread-safe.
 */
final class PaidRatios {
  /** Runs that are known, a power of two. */
  static final int RUNS = 64;

  /** Cohorts beyond which nothing is kept: 2 MiB. */
  static final int MOST_COHORTS = 4096;

  private static final int LEAST_COHORTS = 32;
  private static final int NO_RUN = -1;
  private static final long[] NONE = new long[0];

  private final LedgerState state;
  private final int[] runs = new int[RUNS];
  private final long[][] ratios = new long[RUNS][];

  PaidRatios(LedgerState state) {
    this.state = state;
    Arrays.fill(runs, NO_RUN);
    Arrays.fill(ratios, NONE);
  }

  /**
   * The ratios after a run by number of cohort, null where they are not kept: the run is long ago,
   * or there are too many cohorts. Good until a cohort comes to be.
   *
   * @param run one of those so far.
   */
  long[] after(int run) {
    final int cohorts = state.cohorts.count();
    if (state.run - run >= RUNS || cohorts > MOST_COHORTS) {
      return null;
    }
    final int place = run & (RUNS - 1);
    if (runs[place] != run || ratios[place].length <= cohorts) {
      fill(place, run);
    }
    return ratios[place];
  }

  private void fill(int place, int run) {
    final int cohorts = state.cohorts.count();
    if (ratios[place].length <= cohorts) {
      ratios[place] = new long[2 * Integer.highestOneBit(cohorts | LEAST_COHORTS)];
    }
    final long[] after = ratios[place];
    for (int cohort = 1; cohort <= cohorts; cohort++) {
      after[cohort] = state.cohorts.paidAt(cohort, run);
    }
    // Those that will come have paid nothing by then.
    Arrays.fill(after, cohorts + 1, after.length, 0);
    runs[place] = run;
  }
}
