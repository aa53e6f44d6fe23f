package dev.verdant.ledger;

/**
 * What a member gets (rulebook section 7), without walking: an account catches up when it is next
 * touched or read, with exactly the result that a walk at every run would have given.
 *
 * <p>Between two touches of an account its month's consumption stands still, so all runs of one
 * month together credit what one crediting at its end does. A consumer that was not touched since
 * an earlier month has no consumption in later ones and is credited nothing there. So two steps
 * suffice: to the end of the month of the last touch, with that month's valve, then to now.
 *
 * <p>A flyweight: {@link #project} leaves its results in the fields; not thread-safe.
 */
final class CatchUp {
  private final LedgerState state;

  long coupon;
  long pending;
  long monthConsumption;
  long monthCredited;

  /** Points in lots that have not exited. */
  long points;

  /** Coupons accrued since the last catching up. */
  long claimed;

  CatchUp(LedgerState state) {
    this.state = state;
  }

  /** Computes an account's figures as of now; changes nothing. */
  void project(long a) {
    coupon = Accounts.coupon(a);
    pending = Accounts.pending(a);
    monthConsumption = Accounts.monthConsumption(a);
    monthCredited = Accounts.monthCredited(a);
    points = 0;
    claimed = 0;
    final int month = Accounts.month(a);
    final boolean sameMonth = month == state.month;
    final boolean behind = Accounts.run(a) != state.run;
    final Cohorts cohorts = state.cohorts;
    long laterGrowth = 0;
    for (int slot = Accounts.lots(a); slot != 0; ) {
      final long lot = state.lots.read(slot);
      final int cohort = Lots.cohort(lot);
      final long lotPoints = Lots.points(lot);
      if (behind) {
        final long accrued = FixedPoint.released(lotPoints, cohorts.paid(cohort));
        long accruedInMonth = accrued;
        if (!sameMonth) {
          accruedInMonth = FixedPoint.released(lotPoints, cohorts.paidAtEndOf(cohort, month));
          laterGrowth += accrued - accruedInMonth;
        }
        pending += accruedInMonth - Lots.accrued(lot);
        claimed += accrued - Lots.accrued(lot);
      }
      if (!cohorts.isExited(cohort)) {
        points += lotPoints;
      }
      slot = Lots.next(lot);
    }
    final boolean consumer = Accounts.isConsumer(a);
    credit(consumer, state.monthlyValve.at(month));
    if (!sameMonth) {
      monthConsumption = 0;
      monthCredited = 0;
      pending += laterGrowth;
      credit(consumer, state.monthlyValve.at(state.month));
    }
  }

  /** Brings an account to now. */
  void bring(int slot) {
    final long a = state.accounts.read(slot);
    final boolean behind = Accounts.run(a) != state.run;
    if (!behind && Accounts.month(a) == state.month) {
      return;
    }
    final long w = state.accounts.write(slot);
    if (behind) {
      project(w);
      settleLots(w);
      state.books.post(Books.COUPON_UNCLAIMED, -claimed);
      state.books.post(Books.COUPON_HELD, coupon - Accounts.coupon(w));
      state.books.post(Books.COUPON_PENDING, pending - Accounts.pending(w));
      Accounts.coupon(w, coupon);
      Accounts.pending(w, pending);
      Accounts.monthConsumption(w, monthConsumption);
      Accounts.monthCredited(w, monthCredited);
      Accounts.run(w, state.run);
    } else {
      Accounts.monthConsumption(w, 0);
      Accounts.monthCredited(w, 0);
    }
    Accounts.month(w, state.month);
  }

  /** Credits a consumer whose room has just grown by an order of its own. */
  void creditAfterOrder(long a) {
    final long waiting = Accounts.pending(a);
    if (waiting == 0 || !Accounts.isConsumer(a)) {
      return;
    }
    coupon = Accounts.coupon(a);
    pending = waiting;
    monthConsumption = Accounts.monthConsumption(a);
    monthCredited = Accounts.monthCredited(a);
    credit(true, state.monthlyValve.at(state.month));
    final long credited = waiting - pending;
    if (credited != 0) {
      Accounts.coupon(a, coupon);
      Accounts.pending(a, pending);
      Accounts.monthCredited(a, monthCredited);
      state.books.post(Books.COUPON_HELD, credited);
      state.books.post(Books.COUPON_PENDING, -credited);
    }
  }

  /** Moves what is pending to coupons: for a consumer as far as its month's room reaches. */
  private void credit(boolean consumer, int monthlyValveBps) {
    long credited = pending;
    if (consumer) {
      final long room =
          monthConsumption <= 0
              ? 0
              : FixedPoint.shareLess(monthConsumption, monthlyValveBps, monthCredited);
      credited = Math.min(pending, room);
      monthCredited += credited;
    }
    coupon += credited;
    pending -= credited;
  }

  /** Writes what each lot has accrued by now and gives back those of exited cohorts. */
  private void settleLots(long a) {
    int before = 0;
    for (int slot = Accounts.lots(a); slot != 0; ) {
      final long lot = state.lots.read(slot);
      final int next = Lots.next(lot);
      final int cohort = Lots.cohort(lot);
      if (state.cohorts.isExited(cohort)) {
        if (before == 0) {
          Accounts.lots(a, next);
        } else {
          Lots.next(state.lots.write(before), next);
        }
        state.lots.free(slot);
      } else {
        final long accrued = FixedPoint.released(Lots.points(lot), state.cohorts.paid(cohort));
        if (accrued != Lots.accrued(lot)) {
          Lots.accrued(state.lots.write(slot), accrued);
        }
        before = slot;
      }
      slot = next;
    }
  }
}
