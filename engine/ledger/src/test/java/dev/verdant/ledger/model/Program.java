package dev.verdant.ledger.model;

import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** The program with all defaults resolved, rulebook section 2. Never changed, only replaced. */
final class Program {
  private record Bounds(int defaultValue, int least, int most) {}

  private static final Map<String, Bounds> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("business_offset_minutes", new Bounds(480, -720, 840));
    FIELDS.put("min_concession_bps", new Bounds(300, 1, 10_000));
    FIELDS.put("max_concession_bps", new Bounds(2000, 1, 10_000));
    FIELDS.put("buyer_points_bps", new Bounds(10_000, 0, 1_000_000));
    FIELDS.put("merchant_points_bps", new Bounds(10_000, 0, 1_000_000));
    FIELDS.put("incentive_share_bps", new Bounds(8000, 0, 10_000));
    FIELDS.put("merchant_payable_bps", new Bounds(8000, 0, 10_000));
    FIELDS.put("marketer_bps", new Bounds(600, 0, Integer.MAX_VALUE));
    FIELDS.put("district_bps", new Bounds(1500, 0, Integer.MAX_VALUE));
    FIELDS.put("provincial_bps", new Bounds(150, 0, Integer.MAX_VALUE));
    FIELDS.put("referral_bps", new Bounds(500, 0, 10_000));
    FIELDS.put("coin_bps", new Bounds(10_000, 0, 1_000_000));
    FIELDS.put("max_coupon_bps", new Bounds(10_000, 0, 10_000));
    FIELDS.put("daily_valve_bps", new Bounds(5000, 0, 1_000_000));
    FIELDS.put("monthly_valve_bps", new Bounds(20_000, 0, 1_000_000));
    FIELDS.put("order_window_days", new Bounds(90, 1, 3650));
  }

  private final Map<String, Integer> numbers;
  final Policy policy;
  final Map<Integer, Channel> channels;
  final Map<Integer, PoolTerms> pools;
  final Map<Integer, PlanTerms> plans;

  private Program(
      Map<String, Integer> numbers,
      Policy policy,
      Map<Integer, Channel> channels,
      Map<Integer, PoolTerms> pools,
      Map<Integer, PlanTerms> plans) {
    this.numbers = numbers;
    this.policy = policy;
    this.channels = channels;
    this.pools = pools;
    this.plans = plans;
  }

  static Program defaults() {
    Map<String, Integer> numbers = new TreeMap<>();
    FIELDS.forEach((name, bounds) -> numbers.put(name, bounds.defaultValue));
    return new Program(
        numbers,
        Policy.EVERY_ORDER,
        new TreeMap<>(Map.of(1, new Channel(1, 0L))),
        new TreeMap<>(
            Map.of(
                1, resolve(new PoolTerms(1, 100_000_000L, null, null, null)),
                2, resolve(new PoolTerms(2, 1_000_000_000L, null, null, null)))),
        new TreeMap<>(Map.of(1, resolve(new PlanTerms(1, null, null, null, null, null)))));
  }

  int number(String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  /** The program after the change; refused with INVALID_PROGRAM where it would break a bound. */
  Program with(ProgramChange change) {
    Map<String, Integer> newNumbers = new TreeMap<>(numbers);
    newNumbers.putAll(change.numbers());
    Program changed =
        new Program(
            newNumbers,
            change.policy() == null ? policy : change.policy(),
            replaced(channels, change.channels(), Program::resolve, Channel::channel),
            replaced(pools, change.pools(), Program::resolve, PoolTerms::pool),
            replaced(plans, change.plans(), Program::resolve, PlanTerms::plan));
    changed.requireBounds();
    plans.forEach((id, terms) -> require(terms.equals(changed.plans.get(id))));
    return changed;
  }

  private static <T> Map<Integer, T> replaced(
      Map<Integer, T> old, List<T> given, UnaryOperator<T> resolver, ToIntFunction<T> id) {
    if (given == null) {
      return old;
    }
    Map<Integer, T> map = new TreeMap<>();
    for (T entry : given) {
      int key = id.applyAsInt(entry);
      require(key >= 1 && key <= 65_535);
      require(map.put(key, resolver.apply(entry)) == null);
    }
    require(map.keySet().containsAll(old.keySet()));
    return map;
  }

  private static Channel resolve(Channel given) {
    return new Channel(given.channel(), orElse(given.merchantDailyLimit(), 0L));
  }

  private static PoolTerms resolve(PoolTerms given) {
    require(given.initialValue() != null);
    return new PoolTerms(
        given.pool(),
        given.initialValue(),
        orElse(given.stepBps(), 1500),
        orElse(given.minIntervalDays(), 10),
        orElse(given.maxIntervalDays(), 30));
  }

  private static PlanTerms resolve(PlanTerms given) {
    return new PlanTerms(
        given.plan(),
        orElse(given.baseRateBps(), 50),
        orElse(given.capBps(), 50_000),
        orElse(given.maxPeriods(), 40),
        orElse(given.fixedPeriods(), 0),
        orElse(given.fixedRateBps(), 0));
  }

  private static <T> T orElse(T given, T defaultValue) {
    return given == null ? defaultValue : given;
  }

  private void requireBounds() {
    FIELDS.forEach(
        (name, bounds) -> require(number(name) >= bounds.least && number(name) <= bounds.most));
    require(number("min_concession_bps") <= number("max_concession_bps"));
    long commissions =
        (long) number("marketer_bps") + number("district_bps") + number("provincial_bps");
    require(commissions <= number("incentive_share_bps"));
    channels.values().forEach(channel -> require(channel.merchantDailyLimit() >= 0));
    for (PoolTerms pool : pools.values()) {
      require(pool.initialValue() > 0 && pool.stepBps() > 0 && pool.minIntervalDays() >= 1);
      require(pool.maxIntervalDays() == 0 || pool.maxIntervalDays() >= pool.minIntervalDays());
    }
    for (PlanTerms plan : plans.values()) {
      require(plan.baseRateBps() >= 1 && plan.baseRateBps() <= 1_000_000);
      require(plan.fixedRateBps() >= 0 && plan.fixedRateBps() <= 1_000_000);
      require(plan.capBps() >= 1 && plan.capBps() <= 1_000_000);
      require(plan.maxPeriods() >= 1 && plan.fixedPeriods() >= 0);
      require(plan.fixedPeriods() == 0 || plan.fixedRateBps() > 0);
    }
  }

  private static void require(boolean condition) {
    Refusal.unless(condition, ModelStatus.INVALID_PROGRAM);
  }
}
