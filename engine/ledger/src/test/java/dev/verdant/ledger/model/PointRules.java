package dev.verdant.ledger.model;

import static dev.verdant.ledger.model.Books.COUPON;
import static dev.verdant.ledger.model.Books.POINTS;

import dev.verdant.ledger.model.Account.Lot;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Points into lots and out of them again, rulebook sections 5 and 6. */
final class PointRules {
  /** Of the ledger's: beyond them its lots are chained. */
  private static final int LOTS_OF_A_RECORD = 8;

  private final State state;

  PointRules(State state) {
    this.state = state;
  }

  /** Issues points to a lot; none are no lot and no cohort, and give null. */
  Cohort issue(Account account, int poolId, int planId, BigInteger points) {
    if (points.signum() == 0) {
      return null;
    }
    Pool pool = state.pools.get(poolId);
    Cohort cohort = currentCohort(pool, planId);
    Lot lot = account.lots.get(cohort);
    if (lot == null) {
      lot = new Lot();
      account.lots.put(cohort, lot);
      state.changes.note(() -> account.lots.remove(cohort));
      if (account.lots.size() == LOTS_OF_A_RECORD + 1) {
        state.count(Event.MANY_LOTS);
      }
    }
    lot.points.add(points, state.changes);
    cohort.points.add(points, state.changes);
    pool.issued.add(points, state.changes);
    state.books.post(POINTS, "ISSUED", points.negate());
    state.books.post(POINTS, "HELD", points);
    return cohort;
  }

  private Cohort currentCohort(Pool pool, int planId) {
    Map<Integer, Cohort> entries = pool.cohorts.computeIfAbsent(planId, ignored -> new TreeMap<>());
    Cohort cohort = entries.get(pool.period);
    if (cohort == null) {
      cohort = new Cohort(pool, planId, pool.period);
      entries.put(pool.period, cohort);
      state.changes.note(() -> entries.remove(pool.period));
    }
    return cohort;
  }

  /**
   * Takes points of an order back from the cohort in which they were issued, and what they had
   * released from the account.
   *
   * @param before of the order's points taken back before this refund.
   * @param after of the order's points taken back with this refund.
   */
  void takeBack(Account account, Cohort cohort, BigInteger before, BigInteger after) {
    BigInteger points = after.subtract(before);
    if (points.signum() == 0) {
      return;
    }
    Changes changes = state.changes;
    cohort.pool.issued.subtract(points, changes);
    if (cohort.exited) {
      state.count(Event.REFUND_AFTER_EXIT);
      BigInteger released = cohort.released(after).subtract(cohort.released(before));
      takeReleased(account, released);
      state.books.post(COUPON, "ISSUED", released);
      return;
    }
    Lot lot = account.lots.get(cohort);
    lot.points.subtract(points, changes);
    BigInteger accrued = cohort.released(lot.points.value());
    BigInteger fall = lot.accrued.value().subtract(accrued);
    if (fall.signum() > 0) {
      state.count(Event.REFUND_OF_RELEASED_POINTS);
    }
    lot.accrued.set(accrued, changes);
    takeReleased(account, fall);

    cohort.points.subtract(points, changes);
    BigInteger liability = cohort.released(cohort.points.value());
    BigInteger liabilityFall = cohort.liability.value().subtract(liability);
    cohort.liability.set(liability, changes);
    state.books.post(COUPON, "ISSUED", liabilityFall);
    state.books.post(COUPON, "RELEASED_UNCLAIMED", fall.subtract(liabilityFall));
    state.books.post(POINTS, "ISSUED", points);
    state.books.post(POINTS, "HELD", points.negate());
  }

  private void takeReleased(Account account, BigInteger amount) {
    BigInteger fromPending = amount.min(account.pending.value());
    BigInteger fromCoupon = amount.subtract(fromPending);
    account.pending.subtract(fromPending, state.changes);
    account.coupon.subtract(fromCoupon, state.changes);
    if (account.coupon.value().signum() < 0) {
      state.count(Event.COUPON_DEBT);
    }
    state.books.post(COUPON, "PENDING", fromPending.negate());
    state.books.post(COUPON, "HELD", fromCoupon.negate());
  }
}
