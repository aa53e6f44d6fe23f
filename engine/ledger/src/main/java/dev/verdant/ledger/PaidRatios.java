package dev.verdant.ledger;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What the cohorts had paid after each of the last runs: those that nearly all accounts were last
 * touched after. A memo of {@link Cohort#paidAt}, filled for a run when that is first asked for and
 * good for ever, since what was paid up to a run never changes. So a lot's ratio is found by its
 * cohort's number instead of a search in the cohort's history.
 *
 * <p>One for a ledger and all its snapshots; any thread. Where two fill in the same run at once
 * both find the same, and the first stays. A later run takes the place of an earlier one, never the
 * other way round: an old snapshot takes nothing from the ledger.
 */
final class PaidRatios {
  /** Runs that are known, a power of two. */
  static final int RUNS = 64;

  /** Cohorts beyond which nothing is kept: 2 MiB. */
  static final int MOST_COHORTS = 4096;

  private static final int LEAST_COHORTS = 8;

  /** The binary ratios after one run, by number of cohort; 0 for those that came later. */
  private static final class Ratios {
    static final Ratios NONE = new Ratios(-1, new long[0]);

    final int run;
    final long[] paid;

    Ratios(int run, long[] paid) {
      this.run = run;
      this.paid = paid;
    }

    boolean knows(int wantedRun, int cohorts) {
      return run == wantedRun && paid.length > cohorts;
    }
  }

  private final AtomicReferenceArray<Ratios> byRun = new AtomicReferenceArray<>(RUNS);

  PaidRatios() {
    for (int place = 0; place < RUNS; place++) {
      byRun.setPlain(place, Ratios.NONE);
    }
  }

  /**
   * The {@linkplain FixedPoint#binaryRatio binary ratios} after a run by number of cohort, null
   * where they are not kept: the run is long ago, for the cohorts or for others that have asked, or
   * there are too many cohorts. Good until a cohort comes to be, and not to be changed.
   *
   * @param cohorts the ledger's, or a copy as of one of its runs.
   * @param run one of those so far.
   * @param lastRun of the cohorts.
   */
  long[] after(Cohorts cohorts, int run, int lastRun) {
    final int count = cohorts.count();
    if (lastRun - run >= RUNS || count > MOST_COHORTS) {
      return null;
    }
    final int place = run & (RUNS - 1);
    final Ratios known = byRun.getAcquire(place);
    if (known.knows(run, count)) {
      return known.paid;
    }
    return known.run > run ? null : fill(place, known, cohorts, run);
  }

  /** Fills a run in, unless another has come to its place since it was looked at. */
  private long[] fill(int place, Ratios known, Cohorts cohorts, int run) {
    final int count = cohorts.count();
    final long[] paid = new long[2 * Integer.highestOneBit(Math.max(count, LEAST_COHORTS))];
    for (int cohort = 1; cohort <= count; cohort++) {
      paid[cohort] = FixedPoint.binaryRatio(cohorts.at(cohort).paidAt(run));
    }
    byRun.compareAndSet(place, known, new Ratios(run, paid));
    return paid;
  }
}
