package dev.verdant.ops.demo;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Program;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.ReleaseResult;
import dev.verdant.client.result.Result;
import dev.verdant.ops.history.ExternalIds;
import dev.verdant.ops.history.HistoryRow;
import dev.verdant.ops.history.ImportOptions;
import dev.verdant.protocol.codec.AccountKind;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Real orders to commands: members open on first sight, every pool is released once a business day,
 * and a buyer who has coupons pays with them as far as they go.
 */
final class DemoReplay {
  private static final int POOLS = 2;
  private static final long MILLIS_PER_DAY = 86_400_000L;

  /** The program's default: +08:00. */
  private static final long OFFSET_MILLIS = 480 * 60_000L;

  /** Small pools, so that periods open within a year of one grocer's orders. */
  private static final Program PROGRAM =
      Program.builder().pools(smallPool(1, 50_000), smallPool(2, 50_000)).build();

  private static final AccountOptions MERCHANT =
      AccountOptions.builder().concessionBps(ImportOptions.DEFAULT_CONCESSION_BPS).build();

  private final Sender sender;
  private final CouponWallet wallet = new CouponWallet();
  private final DemoTally tally;
  private final Set<Long> members = new HashSet<>();
  private long businessDay = Long.MIN_VALUE;

  /** Takes a command on its way. */
  interface Sender {
    <R extends Result> void send(Request<R> command, Consumer<? super R> onResult);
  }

  DemoReplay(Sender sender, DemoTally tally) {
    this.sender = sender;
    this.tally = tally;
  }

  void configure(long timeMillis) {
    sender.send(new ConfigureRequest(PROGRAM, timeMillis), tally::onOther);
  }

  /**
   * Sends a row's order and what has to come before it.
   *
   * @param round 0 for the first time through the stream; each has ids and days of its own.
   */
  void replay(HistoryRow row, int round, long shiftMillis) {
    long timeMillis = row.timeMillis() + shiftMillis;
    releaseOnNewDay(timeMillis);
    long buyer = ExternalIds.accountId(row.consumer());
    long merchant = ExternalIds.accountId(row.merchant());
    open(buyer, AccountKind.CONSUMER, AccountOptions.NONE, timeMillis);
    open(merchant, AccountKind.MERCHANT, MERCHANT, timeMillis);
    TransactionId id = new TransactionId(round, ExternalIds.transactionId(row.orderId()).low());
    long couponFen = wallet.spend(buyer, row.amountFen());
    OrderRequest order =
        new OrderRequest(
            id,
            buyer,
            merchant,
            row.amountFen(),
            couponFen,
            OrderRequest.DEFAULT_CHANNEL,
            timeMillis);
    sender.send(order, result -> onOrder(order, result));
  }

  private void onOrder(OrderRequest order, OrderResult result) {
    result
        .balances()
        .ifPresent(
            balances -> wallet.settle(order.buyer(), order.couponFen(), balances.buyerCouponFen()));
    tally.onOrder(order, result.status());
  }

  private void releaseOnNewDay(long timeMillis) {
    long day = Math.floorDiv(timeMillis + OFFSET_MILLIS, MILLIS_PER_DAY);
    if (day > businessDay) {
      businessDay = day;
      for (int pool = 1; pool <= POOLS; pool++) {
        ReleaseRequest release = new ReleaseRequest(pool, OptionalInt.of((int) day), timeMillis);
        sender.send(release, (ReleaseResult result) -> tally.onRelease(result));
      }
    }
  }

  private void open(long account, AccountKind kind, AccountOptions options, long timeMillis) {
    if (members.add(account)) {
      sender.send(new OpenAccountRequest(account, kind, options, timeMillis), tally::onOther);
    }
  }

  private static Program.Pool smallPool(int id, long initialValueCp) {
    return new Program.Pool(
        id,
        OptionalLong.of(initialValueCp),
        OptionalInt.empty(),
        OptionalInt.of(1),
        OptionalInt.of(7));
  }
}
