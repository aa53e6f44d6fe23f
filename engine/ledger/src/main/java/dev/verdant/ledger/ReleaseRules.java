package dev.verdant.ledger;

import dev.verdant.protocol.codec.ReleaseDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.Arrays;

/**
 * The daily run of a pool (rulebook section 6). It touches the pool's cohorts only, never an
 * account: the cost does not depend on the number of members.
 *
 * <p>A flyweight: the run's outcome is in the fields. Cohorts may be taken in any order, since each
 * one's share depends on the sums only.
 */
final class ReleaseRules {
  private final LedgerState state;

  boolean opened;
  int period;
  long value;
  long released;
  long backlog;

  private long[] newDue = new long[16];
  private long[] newPaid = new long[16];
  private long[] newLiability = new long[16];
  private long want;
  private long budget;

  ReleaseRules(LedgerState state) {
    this.state = state;
  }

  Status apply(ReleaseDecoder release) {
    opened = false;
    released = 0;
    backlog = 0;
    final Pool pool = state.pool(release.pool());
    if (pool == null) {
      period = 0;
      value = 0;
      return Status.POOL_NOT_FOUND;
    }
    period = pool.period;
    value = pool.value;
    final int day = release.day() == ReleaseDecoder.dayNullValue() ? state.day : release.day();
    if (day < state.day) {
      return Status.DAY_PASSED;
    }
    if (day > state.day) {
      return Status.DAY_NOT_REACHED;
    }
    if (pool.lastRunDay == day) {
      return Status.ALREADY_RUN;
    }
    return run(pool);
  }

  private Status run(Pool pool) {
    final long openingValue = openingValue(pool, state.program.pool(pool.id));
    opened = openingValue != 0;
    if (opened) {
      value = openingValue;
      period = pool.period + 1;
    }
    if (!computeWant(pool) || !computePaid(pool)) {
      opened = false;
      period = pool.period;
      value = pool.value;
      released = 0;
      return Status.OVERFLOW;
    }
    commit(pool);
    backlog = Math.max(0, want - released);
    return Status.OK;
  }

  /** The value with which a period opens today, 0 if none does. */
  private long openingValue(Pool pool, Program.PoolTerms terms) {
    if (pool.period == 0) {
      return pool.issued >= terms.initialValue() ? terms.initialValue() : 0;
    }
    final long daysPassed = (long) state.day - pool.lastOpenedDay;
    final long target =
        FixedPoint.multiplyDivideCeil(pool.value, FixedPoint.BPS + terms.stepBps(), FixedPoint.BPS);
    if (target != FixedPoint.TOO_LARGE && pool.issued >= target) {
      return daysPassed >= terms.minIntervalDays() ? target : 0;
    }
    if (terms.maxIntervalDays() != 0 && daysPassed >= terms.maxIntervalDays()) {
      return Math.max(pool.issued, pool.value);
    }
    return 0;
  }

  /** Gives each cohort its release, if one is due, and adds up what they want; false: overflow. */
  private boolean computeWant(Pool pool) {
    if (newDue.length < pool.activeCount) {
      newDue = new long[pool.active.length];
      newPaid = new long[pool.active.length];
      newLiability = new long[pool.active.length];
    }
    want = 0;
    for (int i = 0; i < pool.activeCount; i++) {
      final Cohort cohort = state.cohorts.at(pool.active[i]);
      final Program.Plan plan = state.program.plan(cohort.plan);
      newDue[i] = cohort.due;
      if (getsRelease(cohort, plan)) {
        final long cap = plan.capBps() * FixedPoint.RATIO_PER_BPS;
        newDue[i] = Math.min(cap, cohort.due + Math.min(cap, ratio(cohort, plan)));
      }
      final long entitled = FixedPoint.released(cohort.points, newDue[i]);
      if (entitled == FixedPoint.TOO_LARGE) {
        return false;
      }
      want += entitled - cohort.liability;
      if (want < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean getsRelease(Cohort cohort, Program.Plan plan) {
    return opened && cohort.releases < plan.maxPeriods();
  }

  /** The ratio of a cohort's next release, saturated. */
  private long ratio(Cohort cohort, Program.Plan plan) {
    if (cohort.releases < plan.fixedPeriods()) {
      return plan.fixedRateBps() * FixedPoint.RATIO_PER_BPS;
    }
    final long ratio =
        FixedPoint.multiplyDivide(
            plan.baseRateBps() * FixedPoint.RATIO_PER_BPS, value, baseValue(cohort, plan));
    return ratio == FixedPoint.TOO_LARGE ? Long.MAX_VALUE : ratio;
  }

  /** The pool's value at the cohort's first release with the pool: this one, if it is the first. */
  private long baseValue(Cohort cohort, Program.Plan plan) {
    final boolean fixed = cohort.releases < plan.fixedPeriods();
    return cohort.baseValue != 0 || fixed ? cohort.baseValue : value;
  }

  /** Shares the day's budget; false: overflow. */
  private boolean computePaid(Pool pool) {
    budget =
        state.budgetDay == state.day
            ? state.budget
            : FixedPoint.saturatedShare(
                Math.max(0, state.consumptionOfDayBefore), state.program.dailyValveBps);
    final long usable = Math.max(0, budget - pool.activeCount);
    for (int i = 0; i < pool.activeCount; i++) {
      final Cohort cohort = state.cohorts.at(pool.active[i]);
      newPaid[i] = newDue[i];
      if (want > budget) {
        newPaid[i] =
            cohort.paid() + FixedPoint.multiplyDivide(newDue[i] - cohort.paid(), usable, want);
      }
      newLiability[i] = FixedPoint.released(cohort.points, newPaid[i]);
      released += newLiability[i] - cohort.liability;
    }
    return Books.overflow(state.books.couponsEverIssued, released) >= 0;
  }

  private void commit(Pool pool) {
    boolean changed = false;
    int kept = 0;
    for (int i = 0; i < pool.activeCount; i++) {
      final int number = pool.active[i];
      final Cohort cohort = state.cohorts.at(number);
      final Program.Plan plan = state.program.plan(cohort.plan);
      if (getsRelease(cohort, plan)) {
        cohort.baseValue = baseValue(cohort, plan);
        cohort.releases++;
      }
      cohort.due = newDue[i];
      cohort.liability = newLiability[i];
      if (newPaid[i] != cohort.paid()) {
        cohort.pay(newPaid[i], state.run + 1);
        changed = true;
      }
      if (newPaid[i] == newDue[i]
          && (newDue[i] == plan.capBps() * FixedPoint.RATIO_PER_BPS
              || cohort.releases >= plan.maxPeriods())) {
        state.cohorts.exit(number, state.run + 1);
        state.books.post(Books.POINTS_HELD, -cohort.points);
        state.books.post(Books.POINTS_RETIRED, cohort.points);
        changed = true;
      } else {
        pool.active[kept++] = number;
      }
    }
    pool.activeCount = kept;
    if (changed) {
      state.run++;
      state.monthEnds.note(state.month, state.run);
    }
    if (opened) {
      pool.period = period;
      pool.value = value;
      pool.lastOpenedDay = state.day;
      Arrays.fill(pool.current, 0);
    }
    pool.lastRunDay = state.day;
    state.budgetDay = state.day;
    state.budget = budget - released;
    state.books.couponsEverIssued += released;
    state.books.post(Books.COUPON_ISSUED, -released);
    state.books.post(Books.COUPON_UNCLAIMED, released);
    // Accounts claim when they catch up; their books are open from here on, whoever is touched.
    state.books.post(Books.COUPON_HELD, 0);
    state.books.post(Books.COUPON_PENDING, 0);
  }
}
