package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.List;

/** What is remembered of an accepted order, so that it can be refunded. */
final class OrderRecord {
  final Account buyer;
  final Account merchant;
  final BigInteger amount;

  /** The parts that a refund gives back in proportion, rulebook section 5. */
  BigInteger coupon = BigInteger.ZERO;

  BigInteger concession = BigInteger.ZERO;
  BigInteger incentive = BigInteger.ZERO;
  BigInteger payable = BigInteger.ZERO;
  BigInteger coins = BigInteger.ZERO;
  final Commission marketer = new Commission();
  final Commission district = new Commission();
  final Commission provincial = new Commission();
  final Points buyerPoints = new Points();
  final Points merchantPoints = new Points();
  final Points referrerPoints = new Points();
  Account referrer;
  BigInteger referrerCoupons = BigInteger.ZERO;

  BigInteger refunded = BigInteger.ZERO;

  OrderRecord(Account buyer, Account merchant, BigInteger amount) {
    this.buyer = buyer;
    this.merchant = merchant;
    this.amount = amount;
  }

  OrderView view() {
    return new OrderView(
        buyer.id,
        merchant.id,
        amount.longValueExact(),
        coupon.longValueExact(),
        refunded.longValueExact(),
        concession.longValueExact(),
        incentive.longValueExact(),
        payable.longValueExact(),
        coins.longValueExact(),
        buyerPoints.amount.longValueExact(),
        merchantPoints.amount.longValueExact(),
        referrerPoints.amount.longValueExact(),
        referrerCoupons.longValueExact());
  }

  List<Commission> commissions() {
    return List.of(marketer, district, provincial);
  }

  /** What an agent earned; no agent where none was set and active. */
  static final class Commission {
    Account agent;
    BigInteger amount = BigInteger.ZERO;
  }

  /** Points issued for the order; no cohort where there were none. */
  static final class Points {
    Cohort cohort;
    BigInteger amount = BigInteger.ZERO;
  }
}
