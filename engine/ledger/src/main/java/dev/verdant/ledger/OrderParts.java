package dev.verdant.ledger;

/**
 * The parts of an order (rulebook section 4), of one at hand or, for a refund, computed again from
 * its record and the terms that it was placed under. A flyweight.
 */
final class OrderParts {
  long coupon;
  long concession;
  long incentive;
  long payable;
  long marketer;
  long district;
  long provincial;
  long coins;
  long buyerPoints;
  long merchantPoints;
  long referrerPoints;
  long referrerCoupons;

  /**
   * Computes the parts of an order that has been recorded.
   *
   * @param record of the accepted order.
   * @param terms that it was placed under.
   * @param consumer true if its buyer is a consumer, who gets coins.
   * @param merchantReferrer true if its referrer is a merchant, who gets coupons.
   */
  void ofOrder(long record, Program.OrderTerms terms, boolean consumer, boolean merchantReferrer) {
    compute(
        Transactions.amount(record),
        Transactions.coupon(record),
        Transactions.rateBps(record),
        terms,
        consumer);
    commissions(
        terms,
        Transactions.marketer(record) != 0,
        Transactions.district(record) != 0,
        Transactions.provincial(record) != 0);
    reward(terms, Transactions.referrer(record) != 0, merchantReferrer);
  }

  /**
   * Computes what an order's parts fall by, but for points, when {@code after} instead of {@code
   * before} of its amount has been refunded (rulebook section 5).
   */
  void ofRefund(OrderParts order, long before, long after, long total) {
    coupon = fall(order.coupon, before, after, total);
    concession = fall(order.concession, before, after, total);
    incentive = fall(order.incentive, before, after, total);
    payable = fall(order.payable, before, after, total);
    marketer = fall(order.marketer, before, after, total);
    district = fall(order.district, before, after, total);
    provincial = fall(order.provincial, before, after, total);
    coins = fall(order.coins, before, after, total);
    referrerCoupons = fall(order.referrerCoupons, before, after, total);
  }

  /** floor(part * after / total) - floor(part * before / total). */
  private static long fall(long part, long before, long after, long total) {
    return FixedPoint.multiplyDivide(part, after, total)
        - FixedPoint.multiplyDivide(part, before, total);
  }

  /** Computes what does not depend on agents and referrer. */
  void compute(
      long amount, long newCoupon, int rateBps, Program.OrderTerms terms, boolean consumer) {
    coupon = newCoupon;
    concession = FixedPoint.share(amount, rateBps);
    incentive = FixedPoint.share(concession, terms.incentiveShareBps());
    payable = FixedPoint.share(amount - concession, terms.merchantPayableBps());
    coins = consumer ? FixedPoint.share(concession, terms.coinBps()) : 0;
    buyerPoints = FixedPoint.share(concession, terms.buyerPointsBps());
    merchantPoints = FixedPoint.share(concession, terms.merchantPointsBps());
  }

  /** Computes what the agents that earn get of the concession. */
  void commissions(
      Program.OrderTerms terms, boolean marketerEarns, boolean districtEarns, boolean provEarns) {
    marketer = marketerEarns ? FixedPoint.share(concession, terms.marketerBps()) : 0;
    district = districtEarns ? FixedPoint.share(concession, terms.districtBps()) : 0;
    provincial = provEarns ? FixedPoint.share(concession, terms.provincialBps()) : 0;
  }

  /** Computes what a referrer gets of the buyer's points. */
  void reward(Program.OrderTerms terms, boolean rewarded, boolean merchantReferrer) {
    final long reward = rewarded ? FixedPoint.share(buyerPoints, terms.referralBps()) : 0;
    referrerPoints = merchantReferrer ? 0 : reward;
    referrerCoupons = merchantReferrer ? reward : 0;
  }

  /** What is kept back of the merchant's share, of an amount with these parts. */
  long reserve(long amount) {
    return amount - concession - payable;
  }

  /** What all agents get. */
  long commissions() {
    return marketer + district + provincial;
  }

  /** Points that are issued to buyer, merchant and referrer. */
  long points() {
    return buyerPoints + merchantPoints + referrerPoints;
  }

  /** All parts 0. */
  void clear() {
    coupon = 0;
    concession = 0;
    incentive = 0;
    payable = 0;
    marketer = 0;
    district = 0;
    provincial = 0;
    coins = 0;
    buyerPoints = 0;
    merchantPoints = 0;
    referrerPoints = 0;
    referrerCoupons = 0;
  }
}
