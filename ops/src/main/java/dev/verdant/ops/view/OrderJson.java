package dev.verdant.ops.view;

import dev.verdant.client.request.TransactionId;
import dev.verdant.client.result.OrderState;
import dev.verdant.ops.output.JsonLines;
import java.io.IOException;
import java.time.LocalDate;

/** An order's record as JSON; amounts are those of the whole order, before refunds. */
final class OrderJson {
  static void write(JsonLines out, TransactionId id, OrderState order) throws IOException {
    out.begin()
        .number("id", id.toString())
        .text("status", order.status().name())
        .text("business_day", LocalDate.ofEpochDay(order.businessDay()).toString())
        .id("buyer", order.buyer())
        .id("merchant", order.merchant())
        .number("channel", order.channel())
        .number("amount", order.amountFen())
        .number("coupon", order.couponFen())
        .number("refunded", order.refundedFen())
        .number("concession_bps", order.rateBps())
        .number("concession", order.concessionFen())
        .number("incentive", order.incentiveFen())
        .number("payable", order.payableFen())
        .number("coins", order.coinsCc())
        .number("buyer_points", order.buyerPointsCp())
        .number("merchant_points", order.merchantPointsCp())
        .id("referrer", order.referrer())
        .number("referrer_points", order.referrerPointsCp())
        .number("referrer_coupons", order.referrerCouponsFen())
        .id("marketer", order.marketer())
        .number("marketer_commission", order.marketerCommissionFen())
        .id("district", order.district())
        .number("district_commission", order.districtCommissionFen())
        .id("provincial", order.provincial())
        .number("provincial_commission", order.provincialCommissionFen())
        .end();
  }

  private OrderJson() {}
}
