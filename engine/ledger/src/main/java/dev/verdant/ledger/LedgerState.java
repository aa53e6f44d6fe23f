package dev.verdant.ledger;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The whole state of a ledger. The rules act on it; what it knows itself is time: business days,
 * the valves that open with them, the runs of releases and the cohorts that enter them.
 */
final class LedgerState {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long MINUTE_MILLIS = 60_000L;
  private static final int NO_DAY = Integer.MIN_VALUE / 2;

  /** Where the tables are; null over a cut. */
  final Memory memory;

  final Accounts accounts;
  final Lots lots;
  final Quotas quotas;
  final Transactions transactions;
  final Cohorts cohorts;
  final Books books;
  final List<Program.OrderTerms> orderTerms;

  Program program;
  final MonthlyValve monthlyValve;
  final MonthEnds monthEnds;
  int currentTerms;

  /** Sequence of the last command applied. */
  long sequence;

  /** Engine time in milliseconds since the epoch. */
  long time = Long.MIN_VALUE;

  /** Business day since the epoch, and its calendar month as 12 * year + month. */
  int day = NO_DAY;

  int month;

  /** First millisecond of the next business day: time passes it once a day. */
  private long nextDayTime = Long.MIN_VALUE;

  /** Consumption of the business day and of the one before, in fen; may be negative. */
  long consumption;

  long consumptionOfDayBefore;

  /** What is left of the day's release budget, where {@link #budgetDay} is today. */
  long budget;

  int budgetDay = NO_DAY;

  /** Number of runs that paid anything: an account that has this number has caught up. */
  int run;

  private Pool[] poolById = {};
  private int[] planNumberById = {};
  private Pool[] pools = {};

  LedgerState(Memory memory) {
    this.memory = memory;
    accounts = new Accounts(memory);
    lots = new Lots(memory);
    quotas = new Quotas(memory);
    transactions = new Transactions(memory);
    cohorts = new Cohorts();
    books = new Books();
    orderTerms = new ArrayList<>();
    program = new Program();
    monthlyValve = new MonthlyValve(program.monthlyValveBps);
    monthEnds = new MonthEnds();
    install(program);
  }

  /** A state that is only read: what is small is shared, the tables are the reader's own. */
  private LedgerState(Image image, CutReader reader) {
    final LedgerState small = image.small;
    memory = null;
    accounts = image.accounts.over(reader);
    lots = image.lots.over(reader);
    quotas = image.quotas.over(reader);
    transactions = image.transactions.over(reader);
    cohorts = small.cohorts;
    books = small.books;
    orderTerms = small.orderTerms;
    monthlyValve = small.monthlyValve;
    monthEnds = small.monthEnds;
    pools = small.pools;
    poolById = small.poolById;
    planNumberById = small.planNumberById;
    copyFields(small);
  }

  /** A copy of all that is small; it has no tables. */
  private LedgerState(LedgerState live) {
    memory = null;
    accounts = null;
    lots = null;
    quotas = null;
    transactions = null;
    cohorts = live.cohorts.copy();
    books = live.books.copy();
    orderTerms = new ArrayList<>(live.orderTerms);
    monthlyValve = live.monthlyValve.copy();
    monthEnds = live.monthEnds.copy();
    poolById = new Pool[live.poolById.length];
    pools = new Pool[live.pools.length];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = live.pools[i].copy();
      poolById[pools[i].id] = pools[i];
    }
    planNumberById = live.planNumberById.clone();
    copyFields(live);
  }

  private void copyFields(LedgerState from) {
    program = from.program;
    currentTerms = from.currentTerms;
    sequence = from.sequence;
    time = from.time;
    day = from.day;
    month = from.month;
    nextDayTime = from.nextDayTime;
    consumption = from.consumption;
    consumptionOfDayBefore = from.consumptionOfDayBefore;
    budget = from.budget;
    budgetDay = from.budgetDay;
    run = from.run;
  }

  /** A copy of all that is small, to be told or changed. */
  LedgerState copy() {
    return new LedgerState(this);
  }

  /** Tells or takes all that is small; takes it in place of an empty ledger's. */
  void exchange(StateWords words) {
    program = program.copy();
    program.exchange(words);
    monthlyValve.exchange(words);
    monthEnds.exchange(words);
    final int terms = words.word(orderTerms.size());
    for (int i = 0; i < terms; i++) {
      final Program.OrderTerms exchanged =
          (i < orderTerms.size() ? orderTerms.get(i) : Program.OrderTerms.NONE).exchange(words);
      if (i == orderTerms.size()) {
        orderTerms.add(exchanged);
      } else {
        orderTerms.set(i, exchanged);
      }
    }
    currentTerms = words.word(currentTerms);
    sequence = words.word(sequence);
    time = words.word(time);
    day = words.word(day);
    month = words.word(month);
    nextDayTime = words.word(nextDayTime);
    consumption = words.word(consumption);
    consumptionOfDayBefore = words.word(consumptionOfDayBefore);
    budget = words.word(budget);
    budgetDay = words.word(budgetDay);
    run = words.word(run);
    books.exchange(words);
    cohorts.exchange(words, run);
    final int poolCount = words.word(pools.length);
    for (int i = 0; i < poolCount; i++) {
      final int id = words.word(i < pools.length ? pools[i].id : 0);
      if (pool(id) == null) {
        addPool(id);
      }
      pool(id).exchange(words);
    }
    planNumberById = Arrays.copyOf(planNumberById, words.word(planNumberById.length));
    for (int id = 0; id < planNumberById.length; id++) {
      planNumberById[id] = words.word(planNumberById[id]);
    }
  }

  /** What a cut must know of the state beside its pages. Never changes. */
  record Image(
      LedgerState small,
      Accounts.Image accounts,
      Lots.Image lots,
      Quotas.Image quotas,
      Transactions.Image transactions) {
    /** The state as of the cut. */
    LedgerState over(CutReader reader) {
      return new LedgerState(this, reader);
    }
  }

  /** The state as of now, for a cut: the cost is that of the cohorts, pools and lists. */
  Image image() {
    return new Image(
        new LedgerState(this),
        accounts.image(),
        lots.image(),
        quotas.image(),
        transactions.image());
  }

  /** Moves engine time, which never goes back, and with it day, month and window. */
  void advance(long commandTime) {
    if (commandTime > time) {
      time = commandTime;
      if (time >= nextDayTime) {
        startDay();
      }
    }
  }

  private void startDay() {
    final long offset = program.businessOffsetMinutes * MINUTE_MILLIS;
    final int today = (int) Math.floorDiv(time + offset, DAY_MILLIS);
    if (today != day) {
      consumptionOfDayBefore = today - 1 == day ? consumption : 0;
      consumption = 0;
    }
    if (today < day) {
      transactions.dayGoesBack();
    }
    day = today;
    nextDayTime = (today + 1L) * DAY_MILLIS - offset;
    final LocalDate date = LocalDate.ofEpochDay(today);
    month = date.getYear() * 12 + date.getMonthValue();
    transactions.forgetBefore(day - program.orderWindowDays);
  }

  /** Puts a valid program in force. */
  void install(Program newProgram) {
    final Program before = program;
    program = newProgram;
    if (newProgram.monthlyValveBps != before.monthlyValveBps) {
      if (accounts.count() == 0) {
        monthlyValve.changeAtOnce(newProgram.monthlyValveBps);
      } else {
        monthlyValve.changeFrom(month + 1, newProgram.monthlyValveBps);
      }
    }
    final Program.OrderTerms terms = newProgram.orderTerms();
    currentTerms = orderTerms.indexOf(terms);
    if (currentTerms < 0) {
      currentTerms = orderTerms.size();
      orderTerms.add(terms);
    }
    for (final Program.PoolTerms pool : newProgram.pools) {
      if (pool(pool.id()) == null) {
        addPool(pool.id());
      }
    }
    numberPlans();
    if (time != Long.MIN_VALUE) {
      startDay();
    }
  }

  /** What orders take from the program in force. */
  Program.OrderTerms currentOrderTerms() {
    return orderTerms.get(currentTerms);
  }

  private void addPool(int id) {
    if (id >= poolById.length) {
      poolById = Arrays.copyOf(poolById, id + 1);
    }
    poolById[id] = new Pool(id);
    pools = Arrays.copyOf(pools, pools.length + 1);
    pools[pools.length - 1] = poolById[id];
    Arrays.sort(pools, (a, b) -> Integer.compare(a.id, b.id));
  }

  /** Plans are never removed, so a plan keeps the number it gets here. */
  private void numberPlans() {
    int numbered = (int) Arrays.stream(planNumberById).filter(number -> number != 0).count();
    for (final Program.Plan plan : program.plans) {
      if (plan.id() >= planNumberById.length) {
        planNumberById = Arrays.copyOf(planNumberById, plan.id() + 1);
      }
      if (planNumberById[plan.id()] == 0) {
        planNumberById[plan.id()] = ++numbered;
      }
    }
  }

  /** The pool with this id, null if there is none. */
  Pool pool(int id) {
    return id >= 0 && id < poolById.length ? poolById[id] : null;
  }

  boolean hasPlan(int id) {
    return id >= 0 && id < planNumberById.length && planNumberById[id] != 0;
  }

  /** All pools in ascending order of their ids. */
  Pool[] pools() {
    return pools;
  }

  /**
   * The cohort that points issued now into a pool under a plan enter, 0 where there is none yet.
   */
  int currentCohort(Pool pool, int planId) {
    final int number = planNumberById[planId];
    return number < pool.current.length ? pool.current[number] : 0;
  }

  /** {@link #currentCohort}, which is made if it is not there. */
  int enterCohort(Pool pool, int planId) {
    final int known = currentCohort(pool, planId);
    if (known != 0) {
      return known;
    }
    final int cohort = cohorts.add(pool.id, planId, pool.period);
    final int number = planNumberById[planId];
    if (number >= pool.current.length) {
      pool.current = Arrays.copyOf(pool.current, number + 4);
    }
    pool.current[number] = cohort;
    if (pool.activeCount == pool.active.length) {
      pool.active = Arrays.copyOf(pool.active, 2 * pool.activeCount);
    }
    pool.active[pool.activeCount++] = cohort;
    return cohort;
  }
}
