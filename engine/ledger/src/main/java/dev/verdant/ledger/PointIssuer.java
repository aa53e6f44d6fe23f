package dev.verdant.ledger;

/** Issues points into an account's lot and takes them back (rulebook sections 4 to 6). */
final class PointIssuer {
  private final LedgerState state;

  PointIssuer(LedgerState state) {
    this.state = state;
  }

  /**
   * Issues points into an account's own pool and plan and leaves the books to {@link #post}.
   *
   * @param a address of the account for writing.
   * @return the cohort, 0 where there were no points.
   */
  int issue(long a, long points) {
    return points == 0 ? 0 : issue(a, Accounts.pool(a), Accounts.plan(a), points);
  }

  /**
   * Issues points; the caller has seen to it that the total does not overflow, and posts them. They
   * enter the cohort of the running period, which has paid nothing yet, so the account need not
   * catch up.
   *
   * @param a address of the account for writing.
   * @param points more than 0.
   * @return the cohort.
   */
  int issue(long a, int poolId, int planId, long points) {
    final Pool pool = state.pool(poolId);
    final int cohort = state.enterCohort(pool, planId);
    state.lots.add(Accounts.lots(a), cohort, points, state.cohorts);
    state.cohorts.at(cohort).points += points;
    pool.issued += points;
    return cohort;
  }

  /** Posts points that have been issued. */
  void post(long points) {
    if (points != 0) {
      state.books.post(Books.POINTS_ISSUED, -points);
      state.books.post(Books.POINTS_HELD, points);
    }
  }

  /**
   * Takes points back from the lot in which an order issued them, and what they had released.
   *
   * @param account that has caught up.
   * @param number of the cohort of the order's points, 0 if it had none.
   * @param before the order's points taken back before.
   * @param after the order's points taken back with this command.
   */
  void takeBack(int account, int number, long before, long after) {
    final long points = after - before;
    if (number == 0 || points == 0) {
      return;
    }
    final Cohort cohort = state.cohorts.at(number);
    state.pool(cohort.pool).issued -= points;
    final long paid = cohort.paid();
    if (cohort.hasExited()) {
      final long coupons = FixedPoint.released(after, paid) - FixedPoint.released(before, paid);
      takeCoupons(account, coupons);
      state.books.post(Books.COUPON_ISSUED, coupons);
      return;
    }
    final long lots = Accounts.lots(state.accounts.write(account));
    final long held = state.lots.pointsOf(lots, number);
    state.lots.takeBack(lots, number, points);
    final long coupons = FixedPoint.released(held, paid) - FixedPoint.released(held - points, paid);
    takeCoupons(account, coupons);
    cohort.points -= points;
    final long liability = FixedPoint.released(cohort.points, paid);
    final long fallen = cohort.liability - liability;
    cohort.liability = liability;
    state.books.post(Books.POINTS_ISSUED, points);
    state.books.post(Books.POINTS_HELD, -points);
    state.books.post(Books.COUPON_ISSUED, fallen);
    state.books.post(Books.COUPON_UNCLAIMED, coupons - fallen);
  }

  /** Takes coupons from what is pending first, then from the balance, which may go below zero. */
  private void takeCoupons(int account, long coupons) {
    final long a = state.accounts.write(account);
    final long fromPending = Math.min(coupons, Accounts.pending(a));
    Accounts.pending(a, Accounts.pending(a) - fromPending);
    Accounts.coupon(a, Accounts.coupon(a) - (coupons - fromPending));
    state.books.post(Books.COUPON_PENDING, -fromPending);
    state.books.post(Books.COUPON_HELD, fromPending - coupons);
  }
}
