package dev.verdant.client.result;

import dev.verdant.protocol.codec.OrderReplyDecoder;
import java.util.Optional;

/**
 * The answer to an order or a refund.
 *
 * @param outcome what became of it.
 * @param balances as they stand after the command, also after a rejection; empty after one that may
 *     come before both sides are known, and where the request never became a command. All 0 where a
 *     refund is sent again whose order has been forgotten since.
 */
public record OrderResult(Outcome outcome, Optional<Balances> balances) implements Result {
  /** Reads a reply. */
  public static OrderResult decode(Reply reply) {
    if (reply.templateId() != OrderReplyDecoder.TEMPLATE_ID) {
      return new OrderResult(reply.bareOutcome(), Optional.empty());
    }
    OrderReplyDecoder decoder = reply.read(new OrderReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    return new OrderResult(
        outcome, isOfTwoSides(outcome) ? Optional.of(balances(decoder)) : Optional.empty());
  }

  /** The server fills in zeros for a side that it does not know, as it may not with these. */
  private static boolean isOfTwoSides(Outcome outcome) {
    return switch (outcome.status()) {
      case INVALID_ID,
          INVALID_AMOUNT,
          ID_CONFLICT,
          ACCOUNT_NOT_FOUND,
          WRONG_KIND,
          ORDER_NOT_FOUND ->
          false;
      default -> true;
    };
  }

  private static Balances balances(OrderReplyDecoder decoder) {
    return new Balances(
        decoder.buyerCoupon(),
        decoder.buyerPending(),
        decoder.buyerCoin(),
        decoder.merchantPayable(),
        decoder.merchantReserve());
  }

  /**
   * Balances of the two sides of an order.
   *
   * @param buyerCouponFen the buyer's coupons.
   * @param buyerPendingFen coupons that wait for room in the month.
   * @param buyerCoinCc the buyer's coins.
   * @param merchantPayableFen payable to the merchant.
   * @param merchantReserveFen the merchant's reserve.
   */
  public record Balances(
      long buyerCouponFen,
      long buyerPendingFen,
      long buyerCoinCc,
      long merchantPayableFen,
      long merchantReserveFen) {}
}
