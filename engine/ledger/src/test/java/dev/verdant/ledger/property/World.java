package dev.verdant.ledger.property;

import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Policy;
import dev.verdant.ledger.model.ProgramChange;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import dev.verdant.ledger.model.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a command list plays: a program and few accounts, so that they collide. */
final class World {
  static final long DAY_MILLIS = 86_400_000;

  /** Ids that look negative where they are taken as signed. */
  private static final List<Long> STRANGE_IDS = List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE);

  final Dice dice;

  /** Orders near the largest amount and points a hundred times over: totals leave 64 bits. */
  final boolean isHuge;

  final List<Long> consumers = new ArrayList<>();
  final List<Long> merchants = new ArrayList<>();
  final List<Long> marketers = new ArrayList<>();
  final List<Long> districts = new ArrayList<>();
  final List<Long> provincials = new ArrayList<>();
  final long start;

  World(Dice dice) {
    this.dice = dice;
    isHuge = dice.percent(8);
    // Mostly in 2025, a few days before a month's end; sometimes before 1970.
    long day = dice.percent(3) ? dice.between(-400, 5) : 20_100 + dice.between(0, 40);
    start = day * DAY_MILLIS + dice.between(0L, DAY_MILLIS - 1);
  }

  List<Command> opening() {
    List<Command> commands = new ArrayList<>();
    if (!dice.percent(3)) {
      commands.add(new Command.Configure(start, program()));
    }
    open(commands, Kind.MARKETER, marketers, 21, dice.between(1, 2));
    open(commands, Kind.DISTRICT_AGENT, districts, 31, dice.between(1, 2));
    open(commands, Kind.PROVINCIAL_AGENT, provincials, 41, 1);
    open(commands, Kind.MERCHANT, merchants, 11, dice.between(2, 3));
    open(commands, Kind.CONSUMER, consumers, 1, dice.between(2, 5));
    return commands;
  }

  private void open(List<Command> commands, Kind kind, List<Long> ids, int first, int count) {
    for (int i = 0; i < count; i++) {
      long id = (long) first + i;
      if (kind == Kind.CONSUMER && i == 1 && dice.percent(10)) {
        id = dice.oneOf(STRANGE_IDS);
      }
      Terms terms = terms(kind);
      ids.add(id);
      commands.add(new Command.OpenAccount(start, id, kind, terms));
    }
  }

  private Terms terms(Kind kind) {
    Integer pool = dice.percent(50) ? null : Integer.valueOf(dice.between(1, 3));
    Integer plan = dice.percent(30) ? null : Integer.valueOf(dice.between(1, 4));
    Long referrer = kind == Kind.CONSUMER || dice.percent(40) ? maybe(referrers(), 70) : null;
    if (kind != Kind.MERCHANT) {
      return new Terms(pool, plan, null, referrer, null, null, null);
    }
    int rate = isHuge ? 10_000 : dice.oneOf(300, 1500, 2000, 10_000, dice.between(1, 10_000));
    return new Terms(
        pool,
        plan,
        rate,
        referrer,
        maybe(marketers, 70),
        maybe(districts, 70),
        maybe(provincials, 70));
  }

  private List<Long> referrers() {
    List<Long> all = new ArrayList<>(consumers);
    all.addAll(merchants);
    return all;
  }

  Long maybe(List<Long> ids, int chance) {
    if (ids.isEmpty() || !dice.percent(chance)) {
      return dice.percent(20) ? Long.valueOf(0) : null;
    }
    return dice.oneOf(ids);
  }

  private ProgramChange program() {
    Map<String, Integer> numbers = new TreeMap<>();
    numbers.put("min_concession_bps", 1);
    numbers.put("max_concession_bps", 10_000);
    numbers.put("order_window_days", dice.percent(40) ? dice.between(1, 5) : dice.oneOf(30, 90));
    numbers.put("daily_valve_bps", dice.oneOf(0, 300, 5000, 20_000, 100_000, 1_000_000));
    numbers.put("monthly_valve_bps", dice.oneOf(0, 100, 1000, 20_000, 100_000, 1_000_000));
    if (dice.percent(30)) {
      numbers.put("business_offset_minutes", dice.oneOf(-720, 0, 840, dice.between(-720, 840)));
    }
    if (dice.percent(40)) {
      numbers.put("buyer_points_bps", dice.oneOf(0, 1, 3333, 50_000, 1_000_000));
      numbers.put("merchant_points_bps", dice.oneOf(0, 1, 3333, 50_000, 1_000_000));
      numbers.put("coin_bps", dice.oneOf(0, 7, 10_000, 1_000_000));
    }
    if (dice.percent(40)) {
      numbers.put("incentive_share_bps", dice.oneOf(2250, 3000, 10_000));
      numbers.put("merchant_payable_bps", dice.oneOf(0, 3333, 10_000));
      numbers.put("referral_bps", dice.oneOf(0, 500, 10_000));
    }
    numbers.put("max_coupon_bps", dice.oneOf(3000, 10_000, 10_000));
    if (isHuge) {
      numbers.put("buyer_points_bps", 1_000_000);
      numbers.put("merchant_points_bps", 1_000_000);
      numbers.put("coin_bps", 1_000_000);
      numbers.put("order_window_days", 90);
    }
    return new ProgramChange(numbers, dice.oneOf(Policy.values()), channels(), pools(), plans());
  }

  List<Channel> channels() {
    return List.of(
        new Channel(1, null),
        new Channel(2, dice.oneOf(20_000L, 100_000L)),
        new Channel(3, dice.oneOf(0L, 1L, 50_000L)));
  }

  private List<PoolTerms> pools() {
    List<PoolTerms> pools = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      int least = dice.oneOf(1, 1, 2, 5);
      pools.add(
          new PoolTerms(
              id,
              dice.oneOf(1L, 1000L, 5000L, 50_000L),
              dice.oneOf(1, 300, 1500, 5000),
              least,
              dice.oneOf(0, least, least, least + 1, 30)));
    }
    return pools;
  }

  private List<PlanTerms> plans() {
    return List.of(
        new PlanTerms(1, null, null, null, null, null),
        new PlanTerms(2, dice.oneOf(2000, 7000, 1_000_000), 30_000, dice.between(1, 4), null, null),
        new PlanTerms(3, 500, dice.oneOf(15_000, 1_000_000), dice.between(2, 5), 2, 3333),
        new PlanTerms(
            4, dice.oneOf(1, 10_000, 1_000_000), dice.oneOf(1, 9999, 1_000_000), 2, 0, 7));
  }
}
