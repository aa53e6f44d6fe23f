package dev.verdant.ledger.snapshot;

import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.ProgramChange;
import dev.verdant.ledger.model.Terms;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Commands of a busy ledger from a seed: accounts open all the time, so that tables and indexes
 * grow over several segments; days pass and the window is a day, so that whole segments of
 * transactions expire; every day has its releases; some merchants have many lots.
 */
final class BusyDays {
  private static final long DAY_MILLIS = 86_400_000;
  private static final int MERCHANTS = 20;

  /** Those who soon have more lots than an account's record has room for. */
  private static final int FAVOURED_MERCHANTS = 4;

  private static final int PLANS = 12;
  private static final long FIRST_CONSUMER = 1_000;

  private final SplittableRandom random;
  private final List<BigInteger> recentOrders = new ArrayList<>();
  private long time = 20_000 * DAY_MILLIS;
  private long consumers;
  private long lastId;

  private BusyDays(long seed) {
    random = new SplittableRandom(seed);
  }

  /** As many commands as wanted, the first of which set the ledger up. */
  static List<Command> commands(long seed, int count) {
    final BusyDays days = new BusyDays(seed);
    final List<Command> commands = new ArrayList<>(count);
    days.opening(commands);
    while (commands.size() < count) {
      days.next(commands);
    }
    return commands.subList(0, count);
  }

  private void opening(List<Command> commands) {
    commands.add(
        new Command.Configure(
            time,
            new ProgramChange(
                Map.of(
                    "order_window_days", 1,
                    "daily_valve_bps", 1_000_000,
                    "monthly_valve_bps", 100_000),
                null,
                null,
                null,
                IntStream.rangeClosed(1, PLANS).mapToObj(BusyDays::plan).toList())));
    for (long merchant = 1; merchant <= MERCHANTS; merchant++) {
      commands.add(
          new Command.OpenAccount(
              time, merchant, Kind.MERCHANT, new Terms(null, null, 2000, null, null, null, null)));
    }
    for (int i = 0; i < 50; i++) {
      openConsumer(commands);
    }
  }

  private static ProgramChange.PlanTerms plan(int plan) {
    return new ProgramChange.PlanTerms(plan, null, null, null, null, null);
  }

  private void openConsumer(List<Command> commands) {
    final Long referrer =
        consumers == 0 || random.nextBoolean() ? null : Long.valueOf(anyConsumer());
    // Scattered ids: neither in the order of opening nor of the index.
    final long id = FIRST_CONSUMER + consumers++;
    commands.add(
        new Command.OpenAccount(
            time,
            scattered(id),
            Kind.CONSUMER,
            new Terms(null, null, null, referrer, null, null, null)));
  }

  private long anyConsumer() {
    return scattered(FIRST_CONSUMER + random.nextLong(consumers));
  }

  private static long scattered(long number) {
    return Long.reverse(number) | number;
  }

  private void next(List<Command> commands) {
    time += random.nextInt(20_000);
    final int choice = random.nextInt(1000);
    if (choice < 250) {
      openConsumer(commands);
    } else if (choice < 900) {
      final BigInteger id = newId();
      recentOrders.add(id);
      commands.add(
          new Command.Order(
              time,
              id,
              anyConsumer(),
              1 + random.nextLong(MERCHANTS),
              1 + random.nextLong(10_000_000),
              0,
              1));
    } else if (choice < 960 && !recentOrders.isEmpty()) {
      final BigInteger order = recentOrders.get(random.nextInt(recentOrders.size()));
      commands.add(new Command.Refund(time, newId(), order, 1 + random.nextLong(5_000)));
    } else if (choice < 998) {
      final long account =
          random.nextBoolean() ? anyConsumer() : 1 + random.nextLong(FAVOURED_MERCHANTS);
      final int plan = 1 + random.nextInt(PLANS);
      commands.add(
          new Command.Issue(time, newId(), account, 1 + random.nextLong(100_000), null, plan, 0));
    } else {
      time += DAY_MILLIS;
      recentOrders.clear();
      commands.add(new Command.Release(time, 1, null));
      commands.add(new Command.Release(time, 2, null));
    }
  }

  private BigInteger newId() {
    return BigInteger.valueOf(++lastId);
  }
}
