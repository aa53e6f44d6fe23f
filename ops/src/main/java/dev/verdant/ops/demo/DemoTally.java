package dev.verdant.ops.demo;

import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.result.ReleaseResult;
import dev.verdant.client.result.Result;
import dev.verdant.protocol.codec.Status;
import java.util.EnumMap;
import java.util.Map;

/** What the server answered, counted. */
final class DemoTally {
  private final Map<Status, Long> orders = new EnumMap<>(Status.class);
  private long others;
  private long amountFen;
  private long couponFen;
  private long periods;
  private long releasedFen;

  void onOrder(OrderRequest order, Status status) {
    orders.merge(status, 1L, Long::sum);
    if (status == Status.OK || status == Status.DUPLICATE) {
      amountFen += order.amountFen();
      couponFen += order.couponFen();
    }
  }

  void onRelease(ReleaseResult result) {
    others++;
    if (result.accepted() && result.run().isPresent()) {
      periods += result.run().get().opened() ? 1 : 0;
      releasedFen += result.run().get().releasedFen();
    }
  }

  void onOther(Result result) {
    others++;
  }

  /** Answers to commands of every kind. */
  long commands() {
    return others + orders.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Orders by answer; DUPLICATE are those sent again that had been kept already. */
  Map<Status, Long> orders() {
    return orders;
  }

  /** Sum of the orders in force, in fen. */
  long amountFen() {
    return amountFen;
  }

  /** What of it coupons paid, in fen. */
  long couponFen() {
    return couponFen;
  }

  /** Periods opened, as far as the answers came. */
  long periods() {
    return periods;
  }

  /** Coupons released, in fen, as far as the answers came. */
  long releasedFen() {
    return releasedFen;
  }
}
