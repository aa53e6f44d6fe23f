package dev.verdant.bench.campaign;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.view.CohortView;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts the cohorts that the releases of a day pay, each pool's, by what the ledger shows of them.
 * Look right behind the releases: what is looked at then has left the caches before the next.
 */
final class PaidCohorts {
  private final Ledger ledger;
  private final int least;
  private final List<IntSummaryStatistics> ofPools =
      IntStream.range(0, ControlMessages.POOLS)
          .mapToObj(pool -> new IntSummaryStatistics())
          .toList();
  private List<CohortView> before;

  /**
   * Counts from the next releases on.
   *
   * @param least cohorts that each must pay.
   */
  PaidCohorts(Ledger ledger, int least) {
    this.ledger = ledger;
    this.least = least;
    this.before = look();
  }

  private List<CohortView> look() {
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      return snapshot.cohorts();
    }
  }

  /**
   * Counts those paid since the last look.
   *
   * @throws WrongResultException if a pool has paid fewer than it must.
   */
  void count() {
    final List<CohortView> after = look();
    for (int pool = 1; pool <= ControlMessages.POOLS; pool++) {
      final int paid = paid(pool, after);
      if (paid < least) {
        throw new WrongResultException(
            "cohorts paid by pool " + pool + ": " + paid + " instead of " + least + " or more");
      }
      ofPools.get(pool - 1).accept(paid);
    }
    before = after;
  }

  /**
   * A cohort keeps its place; one that is new is behind all others, and was paid nothing before.
   */
  private int paid(int pool, List<CohortView> after) {
    int count = 0;
    for (int place = 0; place < after.size(); place++) {
      final CohortView cohort = after.get(place);
      final long paidBefore = place < before.size() ? before.get(place).paid() : 0;
      count += cohort.pool() == pool && cohort.paid() > paidBefore ? 1 : 0;
    }
    return count;
  }

  /** How many each pool has paid at a time, in the order of the pools. */
  String text() {
    return ofPools.stream().map(PaidCohorts::text).collect(Collectors.joining(" and "));
  }

  private static String text(IntSummaryStatistics paid) {
    return paid.getMin() == paid.getMax()
        ? Integer.toString(paid.getMin())
        : paid.getMin() + " to " + paid.getMax();
  }
}
