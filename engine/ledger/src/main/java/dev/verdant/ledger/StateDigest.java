package dev.verdant.ledger;

import dev.verdant.memory.HashIndex;

/**
 * A digest of the whole state in 128 bits: two ledgers with the same commands have the same,
 * whatever their hash order, growth, or how often accounts were touched. Each thing that the state
 * holds is hashed by its ids and caught-up figures, never by its slot, and the hashes are added, so
 * that their order does not count. The sequence is not part of it.
 */
final class StateDigest {
  private static final long ACCOUNT = 1;
  private static final long LOT = 2;
  private static final long QUOTA = 3;
  private static final long TRANSACTION = 4;
  private static final long COHORT = 5;
  private static final long POOL = 6;
  private static final long PROGRAM = 7;
  private static final long CHANNEL = 8;
  private static final long PLAN = 9;
  private static final long BOOK = 10;
  private static final long CALENDAR = 11;

  private final LedgerState state;
  private final CatchUp catchUp;
  private final TrialBalance trialBalance;

  long low;
  long high;

  private long h1;
  private long h2;

  StateDigest(LedgerState state, CatchUp catchUp, TrialBalance trialBalance) {
    this.state = state;
    this.catchUp = catchUp;
    this.trialBalance = trialBalance;
  }

  /** Walks the whole state. */
  void compute() {
    low = 0;
    high = 0;
    for (int slot = 1; slot <= state.accounts.count(); slot++) {
      addAccount(state.accounts.read(slot));
    }
    final Transactions transactions = state.transactions;
    for (int slot = transactions.first();
        slot != transactions.end();
        slot = transactions.after(slot)) {
      final long record = transactions.read(slot);
      if (transactions.isRemembered(record)) {
        addTransaction(record);
      }
    }
    for (int cohort = 1; cohort <= state.cohorts.count(); cohort++) {
      addCohort(cohort);
    }
    for (final Pool pool : state.pools()) {
      addPool(pool);
    }
    addProgram();
    trialBalance.compute();
    for (int account = 0; account < Books.ACCOUNTS; account++) {
      begin(BOOK).and(account).and(trialBalance.amount(account)).end();
    }
    final boolean budgeted = state.budgetDay == state.day;
    begin(CALENDAR)
        .and(state.time)
        .and(state.day)
        .and(state.consumption)
        .and(state.consumptionOfDayBefore)
        .and(budgeted ? 1 : 0)
        .and(budgeted ? state.budget : 0)
        .and(state.books.couponsEverIssued)
        .end();
  }

  private void addAccount(long a) {
    final Accounts accounts = state.accounts;
    final long id = Accounts.id(a);
    catchUp.project(a);
    begin(ACCOUNT)
        .and(id)
        .and(Accounts.kind(a))
        .and(Accounts.status(a))
        .and(Accounts.hasOrdered(a) ? 1 : 0)
        .and(Accounts.pool(a))
        .and(Accounts.plan(a))
        .and(Accounts.rateBps(a))
        .and(accounts.idOf(Accounts.referrer(a)))
        .and(accounts.idOf(Accounts.marketer(a)))
        .and(accounts.idOf(Accounts.district(a)))
        .and(accounts.idOf(Accounts.provincial(a)))
        .and(catchUp.coupon)
        .and(catchUp.pending)
        .and(catchUp.monthConsumption)
        .and(catchUp.monthCredited)
        .and(Accounts.coin(a))
        .and(Accounts.turnover(a))
        .and(Accounts.payable(a))
        .and(Accounts.reserve(a))
        .and(Accounts.commission(a))
        .end();
    for (long line = Accounts.lots(a); line != 0; line = state.lots.next(line)) {
      addLots(id, line);
    }
    for (int slot = Accounts.quotas(a); slot != 0; ) {
      final long quota = state.quotas.read(slot);
      final long cash = state.quotas.cashOf(slot, state.day);
      if (cash != 0) {
        begin(QUOTA).and(id).and(Quotas.channel(quota)).and(cash).end();
      }
      slot = Quotas.next(quota);
    }
  }

  private void addLots(long id, long line) {
    final Cohorts cohorts = state.cohorts;
    for (int entry = 0; entry < LotLine.entries(line); entry++) {
      final int cohort = LotLine.cohort(line, entry);
      if (cohort != 0 && LotLine.points(line, entry) != 0 && !cohorts.at(cohort).hasExited()) {
        begin(LOT).and(id).and(key(cohort)).and(LotLine.points(line, entry)).end();
      }
    }
  }

  private void addTransaction(long r) {
    begin(TRANSACTION)
        .and(Transactions.idLow(r))
        .and(Transactions.idHigh(r))
        .and(Transactions.day(r))
        .and(Transactions.kind(r))
        .and(Transactions.status(r))
        .and(Transactions.channel(r));
    if (!Transactions.isAcceptedOrder(r)) {
      for (int word = 0; word < 4; word++) {
        and(Transactions.word(r, word));
      }
    } else {
      final Accounts accounts = state.accounts;
      and(Transactions.amount(r))
          .and(Transactions.coupon(r))
          .and(Transactions.refunded(r))
          .and(accounts.idOf(Transactions.buyer(r)))
          .and(accounts.idOf(Transactions.merchant(r)))
          .and(accounts.idOf(Transactions.marketer(r)))
          .and(accounts.idOf(Transactions.district(r)))
          .and(accounts.idOf(Transactions.provincial(r)))
          .and(accounts.idOf(Transactions.referrer(r)))
          .and(key(Transactions.buyerCohort(r)))
          .and(key(Transactions.merchantCohort(r)))
          .and(key(Transactions.referrerCohort(r)))
          .and(Transactions.rateBps(r))
          .and(state.orderTerms.get(Transactions.terms(r)));
    }
    end();
  }

  private void addCohort(int number) {
    final Cohort cohort = state.cohorts.at(number);
    begin(COHORT)
        .and(key(number))
        .and(cohort.releases)
        .and(cohort.hasExited() ? 1 : 0)
        .and(cohort.points)
        .and(cohort.liability)
        .and(cohort.due)
        .and(cohort.paid())
        .and(cohort.baseValue)
        .end();
  }

  /** Pool, plan and entry period, which name a cohort. */
  private long key(int number) {
    if (number == 0) {
      return 0;
    }
    final Cohort cohort = state.cohorts.at(number);
    return ((long) cohort.pool << 48) | ((long) cohort.plan << 32) | cohort.entry;
  }

  private void addPool(Pool pool) {
    final Program.PoolTerms terms = state.program.pool(pool.id);
    begin(POOL)
        .and(pool.id)
        .and(pool.period)
        .and(pool.value)
        .and(pool.issued)
        .and(pool.lastOpenedDay)
        .and(pool.lastRunDay)
        .and(terms.initialValue())
        .and(terms.stepBps())
        .and(terms.minIntervalDays())
        .and(terms.maxIntervalDays())
        .end();
  }

  private void addProgram() {
    final Program program = state.program;
    begin(PROGRAM)
        .and(program.businessOffsetMinutes)
        .and(program.minConcessionBps)
        .and(program.maxConcessionBps)
        .and(program.orderTerms())
        .and(program.referralPolicy.value())
        .and(program.maxCouponBps)
        .and(program.dailyValveBps)
        .and(program.monthlyValveBps)
        .and(state.monthlyValve.at(state.month))
        .and(program.orderWindowDays)
        .end();
    for (final Program.Channel channel : program.channels) {
      begin(CHANNEL).and(channel.id()).and(channel.merchantDailyLimit()).end();
    }
    for (final Program.Plan plan : program.plans) {
      begin(PLAN)
          .and(plan.id())
          .and(plan.baseRateBps())
          .and(plan.capBps())
          .and(plan.maxPeriods())
          .and(plan.fixedPeriods())
          .and(plan.fixedRateBps())
          .end();
    }
  }

  private StateDigest begin(long what) {
    h1 = what;
    h2 = ~what;
    return this;
  }

  private StateDigest and(long value) {
    h1 = HashIndex.hash(h1 * 31 + value, value);
    h2 = HashIndex.hash(value, h2 * 31 + value);
    return this;
  }

  private StateDigest and(Program.OrderTerms terms) {
    return and(terms.buyerPointsBps())
        .and(terms.merchantPointsBps())
        .and(terms.incentiveShareBps())
        .and(terms.merchantPayableBps())
        .and(terms.marketerBps())
        .and(terms.districtBps())
        .and(terms.provincialBps())
        .and(terms.referralBps())
        .and(terms.coinBps());
  }

  private void end() {
    low += h1;
    high += h2;
  }
}
