package dev.verdant.ops.drill.traffic;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.PayoutRequest;
import dev.verdant.client.request.Program;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.RedeemCoinsRequest;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.ReleaseReserveRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.SettleChannelRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;
import dev.verdant.protocol.codec.PayoutBalance;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * An endless list of commands of every kind, with time on them, made from a seed: most are
 * accepted, many are rejected for every reason, some come a second time, some reuse an id. Each day
 * begins with the releases. What was answered has no influence.
 */
final class Workload {
  private static final Instant START = Instant.parse("2026-01-05T02:00:00Z");
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long OFFSET_MILLIS = 480 * 60_000L;

  /** Between two commands at most; a day has some nine thousand of them. */
  private static final int MAX_STEP_MILLIS = 20_000;

  private static final int POOLS = 2;
  private static final int MEMBERS = 200;
  private static final int MERCHANTS = 20;
  private static final long MARKETER = 900_000;
  private static final long FIRST_MERCHANT = 500_000;
  private static final int REMEMBERED = 512;

  /** Small pools, so that periods open often. */
  private static final Program PROGRAM =
      Program.builder().pools(pool(1, 50_000), pool(2, 50_000)).build();

  private final SplittableRandom random;
  private final ArrayDeque<Request<?>> due = new ArrayDeque<>();
  private final List<Request<?>> recent = new ArrayList<>();
  private final List<OrderRequest> orders = new ArrayList<>();
  private long timeMillis = START.toEpochMilli();
  private long day = dayOf(timeMillis);
  private long lastId;
  private long members;

  Workload(SplittableRandom random) {
    this.random = random;
    due.add(new ConfigureRequest(PROGRAM, timeMillis));
    due.add(
        new OpenAccountRequest(MARKETER, AccountKind.MARKETER, AccountOptions.NONE, timeMillis));
    for (int i = 0; i < MERCHANTS; i++) {
      due.add(openMerchant(FIRST_MERCHANT + i));
    }
    for (int i = 0; i < MEMBERS; i++) {
      due.add(openMember());
    }
  }

  /** The next command. */
  Request<?> next() {
    if (!due.isEmpty()) {
      return due.poll();
    }
    timeMillis += 1 + random.nextInt(MAX_STEP_MILLIS);
    if (dayOf(timeMillis) > day) {
      day = dayOf(timeMillis);
      for (int pool = 1; pool <= POOLS; pool++) {
        due.add(new ReleaseRequest(pool, OptionalInt.of((int) day), timeMillis));
      }
    }
    Request<?> command = choose();
    remember(recent, command);
    if (command instanceof OrderRequest order) {
      remember(orders, order);
    }
    return command;
  }

  private <T> void remember(List<T> list, T item) {
    if (list.size() < REMEMBERED) {
      list.add(item);
    } else {
      list.set(random.nextInt(REMEMBERED), item);
    }
  }

  private Request<?> choose() {
    int choice = random.nextInt(100);
    if (choice < 60 || orders.isEmpty()) {
      return order(newId());
    } else if (choice < 69) {
      OrderRequest order = orders.get(random.nextInt(orders.size()));
      long amountFen = 1 + random.nextLong(order.amountFen() + 1);
      return new RefundRequest(newId(), order.id(), amountFen, timeMillis);
    } else if (choice < 73) {
      return IssueRequest.of(newId(), member(), 1 + random.nextInt(20_000)).at(timeMillis);
    } else if (choice < 77) {
      return new RedeemCoinsRequest(newId(), member(), 1 + random.nextInt(2_000), timeMillis);
    } else if (choice < 81) {
      return new PayoutRequest(newId(), merchant(), PayoutBalance.PAYABLE, amount(), timeMillis);
    } else if (choice < 84) {
      return new ReleaseReserveRequest(newId(), merchant(), amount(), timeMillis);
    } else if (choice < 87) {
      return new SettleChannelRequest(newId(), 1 + random.nextInt(2), amount(), timeMillis);
    } else if (choice < 93) {
      return recent.get(random.nextInt(recent.size()));
    } else if (choice < 95) {
      return order(orders.get(random.nextInt(orders.size())).id());
    } else if (choice < 97) {
      return openMember();
    }
    AccountStatus status = random.nextInt(4) == 0 ? AccountStatus.FROZEN : AccountStatus.ACTIVE;
    return new UpdateAccountRequest(member(), Optional.of(status), AccountOptions.NONE, timeMillis);
  }

  /** A query of any kind. */
  Query<?> query() {
    return switch (random.nextInt(6)) {
      case 0 -> new Query.Ping();
      case 1 -> new Query.Account(member());
      case 2 -> new Query.Order(TransactionId.of(1 + random.nextLong(lastId + 1)));
      case 3 -> new Query.Pools();
      case 4 -> new Query.TrialBalance();
      default -> new Query.Sequence();
    };
  }

  private OrderRequest order(TransactionId id) {
    long amountFen = amount();
    long couponFen = random.nextInt(6) == 0 ? random.nextLong(Math.min(amountFen, 300) + 1) : 0;
    int channel = OrderRequest.DEFAULT_CHANNEL;
    return new OrderRequest(id, member(), merchant(), amountFen, couponFen, channel, timeMillis);
  }

  /** 0 now and then, which is no amount. */
  private long amount() {
    return random.nextInt(100) == 0 ? 0 : 1 + random.nextInt(30_000);
  }

  private TransactionId newId() {
    return TransactionId.of(++lastId);
  }

  /** A member, or now and then somebody who is none yet. */
  private long member() {
    return 1 + random.nextLong(members + 2);
  }

  private long merchant() {
    return FIRST_MERCHANT + random.nextInt(MERCHANTS + 1);
  }

  private OpenAccountRequest openMember() {
    long member = ++members;
    AccountOptions options =
        member == 1 || random.nextBoolean()
            ? AccountOptions.NONE
            : AccountOptions.builder().referrer(1 + random.nextLong(member - 1)).build();
    return new OpenAccountRequest(member, AccountKind.CONSUMER, options, timeMillis);
  }

  private OpenAccountRequest openMerchant(long account) {
    AccountOptions options =
        AccountOptions.builder().concessionBps(1_500).marketer(MARKETER).build();
    return new OpenAccountRequest(account, AccountKind.MERCHANT, options, timeMillis);
  }

  private static long dayOf(long timeMillis) {
    return Math.floorDiv(timeMillis + OFFSET_MILLIS, MILLIS_PER_DAY);
  }

  private static Program.Pool pool(int id, long initialValueCp) {
    return new Program.Pool(
        id,
        OptionalLong.of(initialValueCp),
        OptionalInt.empty(),
        OptionalInt.of(1),
        OptionalInt.of(7));
  }
}
