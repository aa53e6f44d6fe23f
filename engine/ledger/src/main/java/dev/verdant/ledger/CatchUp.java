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
  /** Runs of a stretch, in each of which an account gives exited lots back once; a power of two. */
  static final int STRETCH_RUNS = 8;

  private final LedgerState state;

  long coupon;
  long pending;
  long monthConsumption;
  long monthCredited;

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
    final int month = Accounts.month(a);
    final boolean sameMonth = month == state.month;
    final long lots = Accounts.lots(a);
    final int monthEnd = sameMonth ? state.run : state.monthEnds.lastRunOf(month);
    final long inMonth = growth(lots, Accounts.run(a), monthEnd);
    final long later = growth(lots, monthEnd, state.run);
    claimed = inMonth + later;
    pending += inMonth;
    final boolean consumer = Accounts.isConsumer(a);
    credit(consumer, state.monthlyValve.at(month));
    if (!sameMonth) {
      monthConsumption = 0;
      monthCredited = 0;
      pending += later;
      credit(consumer, state.monthlyValve.at(state.month));
    }
  }

  /**
   * What an account's lots have accrued from one run to another.
   *
   * @param newest line of the account's lots.
   */
  private long growth(long newest, int from, int to) {
    if (from == to) {
      return 0;
    }
    final long[] before = state.cohorts.paidAfter(from, state.run);
    final long[] after = state.cohorts.paidAfter(to, state.run);
    if (before != null && after != null) {
      final long growth = state.lots.quickGrowth(newest, before, after);
      if (growth >= 0) {
        return growth;
      }
    }
    return state.lots.exactGrowth(newest, state.cohorts, from, to);
  }

  /** Brings an account to now; returns its address, for reading. */
  long bring(int slot) {
    return bring(slot, state.accounts.read(slot));
  }

  /** The same, where the address is known. */
  long bring(int slot, long a) {
    if (Accounts.run(a) != state.run || Accounts.month(a) != state.month) {
      state.accounts.beforeChange(slot);
      bringToNow(a);
    }
    return a;
  }

  private void bringToNow(long w) {
    if (Accounts.run(w) != state.run) {
      project(w);
      dropExited(w);
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

  /**
   * Gives back the lots of exited cohorts, which grow no more and count for nothing, when the
   * account catches up from one stretch of runs to another: to look at all of its lots takes as
   * long as their growth, and where a cohort exits every day it would be each time.
   */
  private void dropExited(long w) {
    final int stretch = Accounts.run(w) & -STRETCH_RUNS;
    if (stretch != (state.run & -STRETCH_RUNS) && stretch < state.cohorts.lastExit()) {
      state.lots.dropExited(Accounts.lots(w), state.cohorts);
    }
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
}
