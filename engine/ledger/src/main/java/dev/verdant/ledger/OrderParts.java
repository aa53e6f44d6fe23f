package dev.verdant.ledger;

/**
 * The parts of an order (rulebook section 4), computed again from its record and the terms that it
 * was placed under. A flyweight.
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
   * Computes the parts.
   *
   * @param record of the accepted order.
   * @param terms that it was placed under.
   * @param consumer true if its buyer is a consumer, who gets coins.
   * @param merchantReferrer true if its referrer is a merchant, who gets coupons.
   */
  void ofOrder(long record, Program.OrderTerms terms, boolean consumer, boolean merchantReferrer) {
    final long amount = Transactions.amount(record);
    coupon = Transactions.coupon(record);
    concession = FixedPoint.share(amount, Transactions.rateBps(record));
    incentive = FixedPoint.share(concession, terms.incentiveShareBps());
    payable = FixedPoint.share(amount - concession, terms.merchantPayableBps());
    marketer = earned(Transactions.marketer(record), terms.marketerBps());
    district = earned(Transactions.district(record), terms.districtBps());
    provincial = earned(Transactions.provincial(record), terms.provincialBps());
    coins = consumer ? FixedPoint.share(concession, terms.coinBps()) : 0;
    buyerPoints = FixedPoint.share(concession, terms.buyerPointsBps());
    merchantPoints = FixedPoint.share(concession, terms.merchantPointsBps());
    final long reward =
        Transactions.referrer(record) == 0 ? 0 : FixedPoint.share(buyerPoints, terms.referralBps());
    referrerPoints = merchantReferrer ? 0 : reward;
    referrerCoupons = merchantReferrer ? reward : 0;
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

  private long earned(int agent, int bps) {
    return agent == 0 ? 0 : FixedPoint.share(concession, bps);
  }
}
