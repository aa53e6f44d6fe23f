package dev.verdant.ledger.property;

import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Balance;
import dev.verdant.ledger.model.Command;
import dev.verdant.ledger.model.WalkingModel;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the next command of a list, steered by the model's state towards what is rare: the last
 * coupon, the order that has all but been refunded, the day after.
 */
final class CommandGenerator {
  private static final long MAX_AMOUNT = 1_000_000_000_000_000L;

  private final Dice dice;
  private final World world;
  private final WalkingModel model;
  private final AccountCommands accountCommands;
  private final ProgramCommands programCommands;

  /** What the next commands will be; made when their turn comes, from the state of then. */
  private final Deque<Supplier<Command>> planned = new ArrayDeque<>();

  private final List<Command.Transaction> transactions = new ArrayList<>();
  private final List<Command.Order> orders = new ArrayList<>();
  private long now;
  private long lastId;

  CommandGenerator(Dice dice, WalkingModel model) {
    this.dice = dice;
    this.model = model;
    world = new World(dice);
    now = world.start;
    accountCommands = new AccountCommands(dice, world);
    programCommands = new ProgramCommands(dice, world);
    world.opening().forEach(command -> planned.add(() -> command));
  }

  Command next() {
    if (planned.isEmpty()) {
      plan();
    }
    Command command = planned.remove().get();
    if (command instanceof Command.Transaction transaction) {
      transactions.add(transaction);
    }
    if (command instanceof Command.Order order) {
      orders.add(order);
    }
    return command;
  }

  private void plan() {
    int choice = dice.between(0, 99);
    if (choice < 33) {
      planned.add(this::order);
    } else if (choice < 34) {
      planManyLots();
    } else if (choice < 44) {
      planned.add(this::refund);
    } else if (choice < 56) {
      planDayOfReleases();
    } else if (choice < 60) {
      planBusyDays(dice.between(2, 6));
    } else if (choice < 64) {
      planned.add(() -> release(dice.between(0, 5)));
    } else if (choice < 71) {
      planned.add(this::retry);
    } else if (choice < 77) {
      planned.add(this::issue);
    } else if (choice < 81) {
      planned.add(() -> accountCommands.update(tick()));
    } else if (choice < 84) {
      planned.add(() -> accountCommands.open(tick()));
    } else if (choice < 88) {
      planned.add(() -> programCommands.configure(tick()));
    } else if (choice < 90) {
      planned.add(this::redeemCoins);
    } else if (choice < 92) {
      planned.add(this::payout);
    } else if (choice < 93) {
      planned.add(this::releaseReserve);
    } else if (choice < 94) {
      planned.add(this::settleChannel);
    } else if (choice < 97) {
      planMonthEnd();
    } else {
      planDebt();
    }
  }

  /** A buyer spends all coupons, then its oldest order is undone: what it had released is owed. */
  private void planDebt() {
    long buyer = dice.oneOf(world.consumers);
    planned.add(
        () -> {
          long coupons = model.account(buyer).map(AccountView::coupon).orElse(0L);
          long amount = Math.min(Math.max(coupons, 1), MAX_AMOUNT);
          return new Command.Order(
              tick(), newId(), buyer, dice.oneOf(world.merchants), amount, amount, 1);
        });
    planned.add(
        () ->
            orders.stream()
                .filter(order -> order.buyer() == buyer && order.coupon() == 0)
                .filter(order -> model.order(order.id()).isPresent())
                .findFirst()
                .<Command>map(
                    order -> new Command.Refund(tick(), newId(), order.id(), order.amount()))
                .orElseGet(this::refund));
  }

  /** A new day and a run of every pool. */
  private void planDayOfReleases() {
    planned.add(
        () -> {
          toNextDay(1);
          return release(1);
        });
    planned.add(() -> release(2));
    planned.add(() -> release(3));
  }

  /** Consumption one day, releases the next, several times over: cohorts come to their end. */
  private void planBusyDays(int days) {
    for (int i = 0; i < days; i++) {
      planned.add(this::plainOrder);
      planDayOfReleases();
    }
    planned.add(this::refund);
    planned.add(this::refund);
  }

  /** Somebody has points in all pools and plans, and they release. */
  private void planManyLots() {
    long account = dice.oneOf(world.consumers);
    for (int pool = 1; pool <= 3; pool++) {
      for (int plan = 1; plan <= 4; plan++) {
        planIssue(account, pool, plan);
      }
    }
    planDayOfReleases();
    planned.add(this::plainOrder);
  }

  private void planIssue(long account, int pool, int plan) {
    planned.add(() -> new Command.Issue(tick(), newId(), account, issuePoints(), pool, plan, 0));
  }

  /** To the month after, with releases before anybody is touched. */
  private void planMonthEnd() {
    planned.add(
        () -> {
          toNextDay(dice.oneOf(27, 31, 45, 70));
          return release(dice.between(1, 3));
        });
    planned.add(dice.percent(50) ? this::order : this::refund);
  }

  private void toNextDay(int days) {
    now = Math.floorDiv(now, World.DAY_MILLIS) * World.DAY_MILLIS + days * World.DAY_MILLIS;
    now += dice.between(0L, World.DAY_MILLIS / 2);
  }

  /** The time of the next command: mostly soon, sometimes the next day, sometimes in the past. */
  private long tick() {
    int choice = dice.between(0, 99);
    if (choice < 45) {
      now += dice.between(0L, 1000L);
    } else if (choice < 90) {
      now += dice.between(0L, 3_600_000L);
    } else if (choice < 95) {
      now += World.DAY_MILLIS;
    } else {
      return now - dice.between(0L, 40 * World.DAY_MILLIS);
    }
    return now;
  }

  private Command order() {
    long buyer = dice.percent(80) ? dice.oneOf(world.consumers) : accountCommands.anyAccount();
    long merchant = dice.percent(92) ? dice.oneOf(world.merchants) : accountCommands.anyAccount();
    long amount = orderAmount();
    int channel = dice.oneOf(1, 1, 1, 2, 2, 3, dice.between(0, 4));
    return new Command.Order(
        tick(), newId(), buyer, merchant, amount, coupon(buyer, amount), channel);
  }

  /** An order that will hardly be refused. */
  private Command plainOrder() {
    long buyer = dice.oneOf(world.consumers);
    long merchant = dice.oneOf(world.merchants);
    long amount = world.isHuge ? MAX_AMOUNT : dice.between(10_000L, 500_000L);
    return new Command.Order(tick(), newId(), buyer, merchant, amount, 0, 1);
  }

  private long orderAmount() {
    if (dice.percent(3)) {
      return badAmount();
    }
    if (world.isHuge) {
      return MAX_AMOUNT - dice.between(0, 1);
    }
    return dice.percent(70) ? dice.between(500L, 100_000L) : dice.logarithmic(1_000_000_000L);
  }

  private long badAmount() {
    return dice.oneOf(0L, -1L, -MAX_AMOUNT, MAX_AMOUNT + 1, Long.MAX_VALUE);
  }

  private long coupon(long buyer, long amount) {
    long balance = model.account(buyer).map(AccountView::coupon).orElse(0L);
    return switch (dice.between(0, 9)) {
      case 0, 1, 2, 3 -> 0;
      case 4, 5, 6 -> Math.max(0, Math.min(balance, amount));
      case 7 -> Math.max(0, balance) + 1;
      case 8 -> balance > 1 ? dice.between(1, balance) : 1;
      default -> dice.oneOf(-1L, amount, amount + 1, amount / 3, 0L);
    };
  }

  private Command refund() {
    if (orders.isEmpty() || dice.percent(4)) {
      BigInteger wrong = transactions.isEmpty() ? BigInteger.TEN : dice.oneOf(transactions).id();
      return new Command.Refund(tick(), newId(), wrong, dice.logarithmic(100_000));
    }
    int recent = Math.max(0, orders.size() - dice.oneOf(3, 15, 1000));
    Command.Order order = orders.get(dice.between(recent, orders.size() - 1));
    long left =
        model
            .order(order.id())
            .map(view -> view.amount() - view.refunded())
            .orElse(Math.max(1, Math.min(order.amount(), MAX_AMOUNT)));
    long amount =
        switch (dice.between(0, 9)) {
          case 0, 1, 2 -> left;
          case 3 -> left + 1;
          case 4 -> dice.percent(30) ? badAmount() : 1;
          default -> left > 1 ? dice.between(1, left) : 1;
        };
    return new Command.Refund(tick(), newId(), order.id(), amount);
  }

  private Command release(int pool) {
    long time = tick();
    long today = model.today();
    Long day =
        switch (dice.between(0, 19)) {
          case 0 -> today - 1;
          case 1 -> today + 1;
          case 2, 3, 4 -> today;
          default -> null;
        };
    return new Command.Release(time, pool, day);
  }

  private Command retry() {
    if (transactions.isEmpty()) {
      return order();
    }
    int recent = Math.max(0, transactions.size() - dice.oneOf(2, 10, 1000));
    Command.Transaction earlier = transactions.get(dice.between(recent, transactions.size() - 1));
    return Retries.of(earlier, tick(), dice.percent(30));
  }

  private Command issue() {
    long account = dice.percent(90) ? dice.oneOf(world.consumers) : accountCommands.anyAccount();
    long points = dice.percent(4) ? badAmount() : issuePoints();
    Integer pool = dice.percent(60) ? null : Integer.valueOf(dice.between(0, 4));
    Integer plan = dice.percent(50) ? null : Integer.valueOf(dice.between(0, 5));
    return new Command.Issue(tick(), newId(), account, points, pool, plan, dice.between(0, 2));
  }

  /** In a huge world to the very brim, or one more. */
  private long issuePoints() {
    if (!world.isHuge) {
      return dice.logarithmic(10_000_000L);
    }
    Map<String, Long> points = model.trialBalance().getOrDefault("POINTS", Map.of());
    long room = Long.MAX_VALUE - points.getOrDefault("HELD", 0L);
    return room >= 1 && room < MAX_AMOUNT ? room + dice.between(0, 1) : MAX_AMOUNT;
  }

  private Command redeemCoins() {
    long account = dice.percent(85) ? dice.oneOf(world.consumers) : accountCommands.anyAccount();
    long coins = model.account(account).map(AccountView::coin).orElse(0L);
    return new Command.RedeemCoins(tick(), newId(), account, upTo(coins));
  }

  private Command payout() {
    boolean isPayable = dice.percent(60);
    long account =
        dice.percent(15)
            ? accountCommands.anyAccount()
            : isPayable
                ? dice.oneOf(world.merchants)
                : dice.oneOf(dice.oneOf(List.of(world.marketers, world.districts)));
    long funds =
        model
            .account(account)
            .map(view -> isPayable ? view.payable() : view.commission())
            .orElse(0L);
    return new Command.Payout(
        tick(), newId(), account, isPayable ? Balance.PAYABLE : Balance.COMMISSION, upTo(funds));
  }

  private Command releaseReserve() {
    long account = dice.percent(85) ? dice.oneOf(world.merchants) : accountCommands.anyAccount();
    long reserve = model.account(account).map(AccountView::reserve).orElse(0L);
    return new Command.ReleaseReserve(tick(), newId(), account, upTo(reserve));
  }

  private Command settleChannel() {
    return new Command.SettleChannel(
        tick(), newId(), dice.oneOf(1, 2, 3, 9), dice.logarithmic(MAX_AMOUNT));
  }

  /** All of a balance, part of it, or a little too much. */
  private long upTo(long balance) {
    long all = Math.min(Math.max(balance, 1), MAX_AMOUNT);
    return switch (dice.between(0, 9)) {
      case 0, 1, 2 -> all;
      case 3, 4 -> Math.min(all + 1, MAX_AMOUNT);
      case 5 -> dice.percent(20) ? badAmount() : 1;
      default -> dice.between(1, all);
    };
  }

  private BigInteger newId() {
    if (!transactions.isEmpty() && dice.percent(5)) {
      return dice.oneOf(transactions).id();
    }
    if (dice.percent(1)) {
      return BigInteger.ZERO;
    }
    BigInteger id = BigInteger.valueOf(++lastId);
    // Some ids differ from another one in their high half alone.
    return dice.percent(10) ? id.add(BigInteger.ONE.shiftLeft(dice.between(64, 127))) : id;
  }
}
