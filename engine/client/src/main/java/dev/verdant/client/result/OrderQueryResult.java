package dev.verdant.client.result;

import dev.verdant.protocol.codec.OrderQueryReplyDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.Optional;

/**
 * One order's record.
 *
 * @param outcome what became of the query.
 * @param order empty where no such order is remembered.
 */
public record OrderQueryResult(Outcome outcome, Optional<OrderState> order) implements Result {
  /** Reads a reply. */
  public static OrderQueryResult decode(Reply reply) {
    if (reply.templateId() != OrderQueryReplyDecoder.TEMPLATE_ID) {
      return new OrderQueryResult(reply.bareOutcome(), Optional.empty());
    }
    OrderQueryReplyDecoder decoder = reply.read(new OrderQueryReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    return new OrderQueryResult(
        outcome, outcome.status() == Status.OK ? Optional.of(state(decoder)) : Optional.empty());
  }

  private static OrderState state(OrderQueryReplyDecoder decoder) {
    return new OrderState(
        decoder.orderStatus(),
        decoder.buyer(),
        decoder.merchant(),
        decoder.marketer(),
        decoder.district(),
        decoder.provincial(),
        decoder.referrer(),
        decoder.amount(),
        decoder.coupon(),
        decoder.refunded(),
        decoder.concession(),
        decoder.incentive(),
        decoder.payable(),
        decoder.marketerCommission(),
        decoder.districtCommission(),
        decoder.provincialCommission(),
        decoder.coins(),
        decoder.buyerPoints(),
        decoder.merchantPoints(),
        decoder.referrerPoints(),
        decoder.referrerCoupons(),
        decoder.channel(),
        decoder.businessDay(),
        decoder.rateBps());
  }
}
