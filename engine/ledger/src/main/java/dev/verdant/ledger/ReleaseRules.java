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
    final Cohorts cohorts = state.cohorts;
    want = 0;
    for (int i = 0; i < pool.activeCount; i++) {
      final int cohort = pool.active[i];
      final Program.Plan plan = state.program.plan(cohorts.plan(cohort));
      newDue[i] = cohorts.due(cohort);
      if (getsRelease(cohort, plan)) {
        final long cap = plan.capBps() * FixedPoint.RATIO_PER_BPS;
        newDue[i] = Math.min(cap, cohorts.due(cohort) + Math.min(cap, ratio(cohort, plan)));
      }
      final long entitled = FixedPoint.released(cohorts.points(cohort), newDue[i]);
      if (entitled == FixedPoint.TOO_LARGE) {
        return false;
      }
      want += entitled - cohorts.liability(cohort);
      if (want < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean getsRelease(int cohort, Program.Plan plan) {
    return opened && state.cohorts.releases(cohort) < plan.maxPeriods();
  }

  /** The ratio of a cohort's next release, saturated. */
  private long ratio(int cohort, Program.Plan plan) {
    if (state.cohorts.releases(cohort) < plan.fixedPeriods()) {
      return plan.fixedRateBps() * FixedPoint.RATIO_PER_BPS;
    }
    final long ratio =
        FixedPoint.multiplyDivide(
            plan.baseRateBps() * FixedPoint.RATIO_PER_BPS, value, baseValue(cohort, plan));
    return ratio == FixedPoint.TOO_LARGE ? Long.MAX_VALUE : ratio;
  }

  /** The pool's value at the cohort's first release with the pool: this one, if it is the first. */
  private long baseValue(int cohort, Program.Plan plan) {
    final boolean fixed = state.cohorts.releases(cohort) < plan.fixedPeriods();
    final long known = state.cohorts.baseValue(cohort);
    return known != 0 || fixed ? known : value;
  }

  /** Shares the day's budget; false: overflow. */
  private boolean computePaid(Pool pool) {
    final Cohorts cohorts = state.cohorts;
    budget =
        state.budgetDay == state.day
            ? state.budget
            : FixedPoint.saturatedShare(
                Math.max(0, state.consumptionOfDayBefore), state.program.dailyValveBps);
    final long usable = Math.max(0, budget - pool.activeCount);
    for (int i = 0; i < pool.activeCount; i++) {
      final int cohort = pool.active[i];
      newPaid[i] = newDue[i];
      if (want > budget) {
        final long paid = cohorts.paid(cohort);
        newPaid[i] = paid + FixedPoint.multiplyDivide(newDue[i] - paid, usable, want);
      }
      newLiability[i] = FixedPoint.released(cohorts.points(cohort), newPaid[i]);
      released += newLiability[i] - cohorts.liability(cohort);
    }
    return Books.overflow(state.books.couponsEverIssued, released) >= 0;
  }

  private void commit(Pool pool) {
    final Cohorts cohorts = state.cohorts;
    boolean changed = false;
    int kept = 0;
    for (int i = 0; i < pool.activeCount; i++) {
      final int cohort = pool.active[i];
      final Program.Plan plan = state.program.plan(cohorts.plan(cohort));
      final int releases = cohorts.releases(cohort) + (getsRelease(cohort, plan) ? 1 : 0);
      final long base =
          getsRelease(cohort, plan) ? baseValue(cohort, plan) : cohorts.baseValue(cohort);
      cohorts.release(cohort, releases, base, newDue[i], newLiability[i]);
      if (newPaid[i] != cohorts.paid(cohort)) {
        cohorts.pay(cohort, newPaid[i], state.run + 1);
        changed = true;
      }
      if (newPaid[i] == newDue[i]
          && (newDue[i] == plan.capBps() * FixedPoint.RATIO_PER_BPS
              || releases >= plan.maxPeriods())) {
        cohorts.exit(cohort);
        state.books.post(Books.POINTS_HELD, -cohorts.points(cohort));
        state.books.post(Books.POINTS_RETIRED, cohorts.points(cohort));
        changed = true;
      } else {
        pool.active[kept++] = cohort;
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
