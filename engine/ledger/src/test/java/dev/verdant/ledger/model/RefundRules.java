package dev.verdant.ledger.model;

import static dev.verdant.ledger.model.Books.CNY;
import static dev.verdant.ledger.model.Books.COIN;
import static dev.verdant.ledger.model.Books.COUPON;

import dev.verdant.ledger.model.OrderRecord.Commission;
import java.math.BigInteger;

/** A refund, whole or in part, rulebook section 5. */
final class RefundRules {
  private final State state;
  private final PointRules points;

  RefundRules(State state, PointRules points) {
    this.state = state;
    this.points = points;
  }

  void apply(OrderRecord order, BigInteger amount) {
    BigInteger before = order.refunded;
    BigInteger after = before.add(amount);
    Refusal.unless(after.compareTo(order.amount) <= 0, ModelStatus.REFUND_EXCEEDS_ORDER);
    if (after.compareTo(order.amount) < 0) {
      state.count(Event.PARTIAL_REFUND);
    }
    state.changes.note(() -> order.refunded = before);
    order.refunded = after;

    Part part = x -> share(x, after, order).subtract(share(x, before, order));
    giveMoneyBack(order, amount, part);
    giveCouponsAndCoinsBack(order, part);
    takeBack(order.buyer, order.buyerPoints, order, before);
    takeBack(order.merchant, order.merchantPoints, order, before);
    takeBack(order.referrer, order.referrerPoints, order, before);
    order.buyer.turnover.subtract(amount, state.changes);
    order.merchant.turnover.subtract(amount, state.changes);
    order.buyer.monthConsumption.subtract(amount, state.changes);
    state.consumptionOf(state.today()).subtract(amount, state.changes);
  }

  /** What of a part of the order this refund gives back. */
  private interface Part {
    BigInteger of(BigInteger whole);
  }

  private static BigInteger share(BigInteger whole, BigInteger refunded, OrderRecord order) {
    return whole.multiply(refunded).divide(order.amount);
  }

  private void giveMoneyBack(OrderRecord order, BigInteger amount, Part part) {
    BigInteger concession = part.of(order.concession);
    BigInteger incentive = part.of(order.incentive);
    BigInteger payable = part.of(order.payable);
    BigInteger reserve = amount.subtract(concession).subtract(payable);
    BigInteger coupon = part.of(order.coupon);
    order.merchant.payable.subtract(payable, state.changes);
    order.merchant.reserve.subtract(reserve, state.changes);
    BigInteger commissions = BigInteger.ZERO;
    for (Commission commission : order.commissions()) {
      if (commission.agent != null) {
        BigInteger back = part.of(commission.amount);
        commission.agent.commission.subtract(back, state.changes);
        commission.agent.turnover.subtract(amount, state.changes);
        commissions = commissions.add(back);
      }
    }
    Books books = state.books;
    books.post(CNY, "CHANNEL_CLEARING", amount.subtract(coupon).negate());
    books.post(CNY, "MERCHANT_PAYABLE", payable);
    books.post(CNY, "MERCHANT_RESERVE", reserve);
    books.post(CNY, "COMMISSION_PAYABLE", commissions);
    books.post(CNY, "INCENTIVE_FUND", incentive.subtract(commissions).subtract(coupon));
    books.post(CNY, "PLATFORM_REVENUE", concession.subtract(incentive));
  }

  private void giveCouponsAndCoinsBack(OrderRecord order, Part part) {
    BigInteger coupon = part.of(order.coupon);
    order.buyer.coupon.add(coupon, state.changes);
    state.books.post(COUPON, "HELD", coupon);
    state.books.post(COUPON, "REDEEMED", coupon.negate());

    BigInteger coins = part.of(order.coins);
    order.buyer.coin.subtract(coins, state.changes);
    state.books.post(COIN, "ISSUED", coins);
    state.books.post(COIN, "HELD", coins.negate());

    BigInteger referrerCoupons = part.of(order.referrerCoupons);
    if (referrerCoupons.signum() != 0) {
      order.referrer.coupon.subtract(referrerCoupons, state.changes);
      state.books.post(COUPON, "ISSUED", referrerCoupons);
      state.books.post(COUPON, "HELD", referrerCoupons.negate());
    }
  }

  private void takeBack(
      Account account, OrderRecord.Points issued, OrderRecord order, BigInteger refundedBefore) {
    if (issued.cohort != null) {
      points.takeBack(
          account,
          issued.cohort,
          share(issued.amount, refundedBefore, order),
          share(issued.amount, order.refunded, order));
    }
  }
}
