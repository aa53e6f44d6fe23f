package dev.verdant.ledger.model;

import static dev.verdant.ledger.model.Books.COUPON;
import static dev.verdant.ledger.model.Books.POINTS;

import dev.verdant.ledger.model.Account.Lot;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import java.math.BigInteger;
import java.util.Map;

/** A pool's daily run, and the walk over every account after it; rulebook sections 6 and 7. */
final class ReleaseRules {
  /** One basis point as a release ratio. */
  private static final BigInteger ONE_BPS = BigInteger.TEN.pow(8);

  private static final BigInteger WHOLE_BPS = BigInteger.valueOf(10_000);
  private static final int MOST_BITS = 63;

  private final State state;

  ReleaseRules(State state) {
    this.state = state;
  }

  Outcome apply(Command.Release release) {
    Pool pool = state.pools.get(release.pool());
    Refusal.unless(pool != null, ModelStatus.POOL_NOT_FOUND);
    long today = state.today();
    long day = release.day() == null ? today : release.day();
    Refusal.unless(day >= today, ModelStatus.DAY_PASSED);
    Refusal.unless(day <= today, ModelStatus.DAY_NOT_REACHED);
    Refusal.unless(pool.lastRunDay == null || pool.lastRunDay != today, ModelStatus.ALREADY_RUN);
    noteRun(pool, today);
    setBudget(today);

    boolean opened = openPeriod(pool, today);
    BigInteger want = wanted(pool);
    Refusal.unless(want.bitLength() <= MOST_BITS, ModelStatus.OVERFLOW);
    BigInteger released = pay(pool, want);
    walk(pool);
    exit(pool);
    return Outcome.released(
        opened,
        pool.period,
        pool.value.longValueExact(),
        released.longValueExact(),
        want.subtract(released).max(BigInteger.ZERO).longValueExact());
  }

  private void noteRun(Pool pool, long today) {
    Long lastRunDay = pool.lastRunDay;
    int period = pool.period;
    BigInteger value = pool.value;
    long lastOpenedDay = pool.lastOpenedDay;
    state.changes.note(
        () -> {
          pool.lastRunDay = lastRunDay;
          pool.period = period;
          pool.value = value;
          pool.lastOpenedDay = lastOpenedDay;
        });
    pool.lastRunDay = today;
  }

  private void setBudget(long today) {
    Long before = state.budgetDay;
    if (before == null || before != today) {
      state.changes.note(() -> state.budgetDay = before);
      state.budgetDay = today;
      BigInteger consumption = state.consumptionOf(today - 1).value().max(BigInteger.ZERO);
      state.budget.set(state.share(consumption, "daily_valve_bps"), state.changes);
    }
  }

  private boolean openPeriod(Pool pool, long today) {
    PoolTerms terms = state.program.pools.get(pool.id);
    BigInteger issued = pool.issued.value();
    if (pool.period == 0) {
      BigInteger initial = BigInteger.valueOf(terms.initialValue());
      return issued.compareTo(initial) >= 0 && open(pool, initial, today, Event.OPENED_BY_GROWTH);
    }
    long daysOpen = today - pool.lastOpenedDay;
    BigInteger target = target(pool.value, terms.stepBps());
    if (issued.compareTo(target) >= 0) {
      return daysOpen >= terms.minIntervalDays()
          && open(pool, target, today, Event.OPENED_BY_GROWTH);
    }
    return terms.maxIntervalDays() != 0
        && daysOpen >= terms.maxIntervalDays()
        && open(pool, issued.max(pool.value), today, Event.OPENED_BY_INTERVAL);
  }

  private static BigInteger target(BigInteger value, int stepBps) {
    return value
        .multiply(BigInteger.valueOf(10_000L + stepBps))
        .add(WHOLE_BPS)
        .subtract(BigInteger.ONE)
        .divide(WHOLE_BPS);
  }

  private boolean open(Pool pool, BigInteger value, long today, Event why) {
    state.count(why);
    pool.period++;
    pool.value = value;
    pool.lastOpenedDay = today;
    for (Cohort cohort : pool.living()) {
      PlanTerms plan = state.program.plans.get(cohort.plan);
      if (cohort.releases < plan.maxPeriods()) {
        BigInteger cap = ONE_BPS.multiply(BigInteger.valueOf(plan.capBps()));
        BigInteger grown = cohort.due.value().add(ratio(cohort, plan, value));
        cohort.due.set(grown.min(cap), state.changes);
        state.changes.note(() -> cohort.releases--);
        cohort.releases++;
      }
    }
    return true;
  }

  private BigInteger ratio(Cohort cohort, PlanTerms plan, BigInteger value) {
    if (cohort.releases < plan.fixedPeriods()) {
      return ONE_BPS.multiply(BigInteger.valueOf(plan.fixedRateBps()));
    }
    if (cohort.firstValue == null) {
      state.changes.note(() -> cohort.firstValue = null);
      cohort.firstValue = value;
    }
    return ONE_BPS
        .multiply(BigInteger.valueOf(plan.baseRateBps()))
        .multiply(value)
        .divide(cohort.firstValue);
  }

  private static BigInteger wanted(Pool pool) {
    BigInteger want = BigInteger.ZERO;
    for (Cohort cohort : pool.living()) {
      BigInteger owed = cohort.points.value().multiply(cohort.due.value()).divide(Cohort.ONE);
      want = want.add(owed).subtract(cohort.liability.value());
    }
    return want;
  }

  private BigInteger pay(Pool pool, BigInteger want) {
    BigInteger budget = state.budget.value();
    int living = pool.living().size();
    BigInteger usable = budget.subtract(BigInteger.valueOf(living)).max(BigInteger.ZERO);
    if (want.compareTo(budget) > 0) {
      state.count(usable.signum() == 0 ? Event.NOTHING_PAID : Event.PARTIALLY_PAID);
    }
    BigInteger released = BigInteger.ZERO;
    for (Cohort cohort : pool.living()) {
      BigInteger missing = cohort.due.value().subtract(cohort.paid.value());
      BigInteger growth =
          want.compareTo(budget) <= 0 ? missing : missing.multiply(usable).divide(want);
      cohort.paid.add(growth, state.changes);
      BigInteger liability = cohort.released(cohort.points.value());
      released = released.add(liability.subtract(cohort.liability.value()));
      cohort.liability.set(liability, state.changes);
    }
    state.budget.subtract(released, state.changes);
    state.books.post(COUPON, "ISSUED", released.negate());
    state.books.post(COUPON, "RELEASED_UNCLAIMED", released);
    return released;
  }

  private void walk(Pool pool) {
    for (Account account : state.accounts.values()) {
      for (Map.Entry<Cohort, Lot> entry : account.lots.entrySet()) {
        if (entry.getKey().pool == pool) {
          accrue(account, entry.getKey(), entry.getValue());
        }
      }
      state.credit(account);
    }
  }

  private void accrue(Account account, Cohort cohort, Lot lot) {
    BigInteger accrued = cohort.released(lot.points.value());
    BigInteger growth = accrued.subtract(lot.accrued.value());
    lot.accrued.set(accrued, state.changes);
    account.pending.add(growth, state.changes);
    state.books.post(COUPON, "RELEASED_UNCLAIMED", growth.negate());
    state.books.post(COUPON, "PENDING", growth);
  }

  private void exit(Pool pool) {
    for (Cohort cohort : pool.living()) {
      PlanTerms plan = state.program.plans.get(cohort.plan);
      BigInteger cap = ONE_BPS.multiply(BigInteger.valueOf(plan.capBps()));
      boolean paidUp = cohort.paid.value().equals(cohort.due.value());
      boolean ended = cohort.due.value().equals(cap) || cohort.releases >= plan.maxPeriods();
      if (paidUp && ended) {
        retire(cohort);
      }
    }
  }

  private void retire(Cohort cohort) {
    state.changes.note(() -> cohort.exited = false);
    cohort.exited = true;
    state.count(Event.EXIT);
    BigInteger points = cohort.points.value();
    state.books.post(POINTS, "RETIRED", points);
    state.books.post(POINTS, "HELD", points.negate());
    for (Account account : state.accounts.values()) {
      Lot lot = account.lots.remove(cohort);
      if (lot != null) {
        state.changes.note(() -> account.lots.put(cohort, lot));
      }
    }
  }
}
