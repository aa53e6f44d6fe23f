package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything the model knows between two commands. */
final class State {
  private static final long DAY_MILLIS = 86_400_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  final Changes changes = new Changes();
  final Books books = new Books(changes);
  final Map<Long, Account> accounts = new TreeMap<>(Long::compareUnsigned);
  final Map<Integer, Pool> pools = new TreeMap<>();

  /** Consumption by business day. */
  final Map<Long, Cell> consumption = new HashMap<>();

  /** Cash by merchant, channel and business day. */
  final Map<List<Object>, BigInteger> channelCash = new HashMap<>();

  final Map<Event, Integer> events = new EnumMap<>(Event.class);
  final Cell budget = new Cell();
  Long budgetDay;
  Program program = Program.defaults();
  int monthlyValveBps = program.number("monthly_valve_bps");
  private Long time;

  State() {
    addPools();
  }

  /** Engine time never goes back; a new month starts with empty month figures and a new valve. */
  void advance(long commandTime) {
    if (time != null && commandTime < time) {
      count(Event.TIME_WENT_BACK);
    }
    YearMonth before = time == null ? null : month();
    time = time == null ? commandTime : Math.max(time, commandTime);
    if (!month().equals(before)) {
      countMonthEnd();
      monthlyValveBps = program.number("monthly_valve_bps");
      for (Account account : accounts.values()) {
        account.monthConsumption.set(BigInteger.ZERO, changes);
        account.monthCredited.set(BigInteger.ZERO, changes);
      }
    }
  }

  private void countMonthEnd() {
    if (accounts.values().stream().anyMatch(account -> account.pending.value().signum() > 0)) {
      count(Event.MONTH_END_WITH_PENDING);
    }
    if (monthlyValveBps != program.number("monthly_valve_bps")) {
      count(Event.VALVE_TURNED);
    }
  }

  void count(Event event) {
    events.merge(event, 1, Integer::sum);
  }

  long today() {
    return Math.floorDiv(
        time + program.number("business_offset_minutes") * MINUTE_MILLIS, DAY_MILLIS);
  }

  private YearMonth month() {
    return YearMonth.from(LocalDate.ofEpochDay(today()));
  }

  void addPools() {
    program.pools.keySet().forEach(id -> pools.computeIfAbsent(id, Pool::new));
  }

  Cell consumptionOf(long day) {
    return consumption.computeIfAbsent(day, ignored -> new Cell());
  }

  Account account(long id) {
    Account account = accounts.get(id);
    Refusal.unless(account != null, ModelStatus.ACCOUNT_NOT_FOUND);
    return account;
  }

  /** A share of an amount, floored. */
  BigInteger share(BigInteger amount, String rate) {
    return bps(amount, program.number(rate));
  }

  static BigInteger bps(BigInteger amount, int rateBps) {
    return amount.multiply(BigInteger.valueOf(rateBps)).divide(BPS);
  }

  /** Pending moves to coupon as far as the month's room allows, rulebook section 7. */
  void credit(Account account) {
    BigInteger amount = account.pending.value();
    if (account.kind == Kind.CONSUMER) {
      BigInteger consumed = account.monthConsumption.value().max(BigInteger.ZERO);
      BigInteger room =
          bps(consumed, monthlyValveBps)
              .subtract(account.monthCredited.value())
              .max(BigInteger.ZERO);
      if (amount.compareTo(room) > 0) {
        count(Event.CREDIT_LIMITED);
      }
      amount = amount.min(room);
      account.monthCredited.add(amount, changes);
    }
    account.pending.subtract(amount, changes);
    account.coupon.add(amount, changes);
    books.post(Books.COUPON, "PENDING", amount.negate());
    books.post(Books.COUPON, "HELD", amount);
  }
}
