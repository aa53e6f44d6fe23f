package dev.verdant.client.result;

import dev.verdant.protocol.codec.Status;

/**
 * The record of an order, while it is remembered. Its parts are those of the whole order; what
 * refunds took back follows from {@code refundedFen} (rulebook section 5).
 *
 * @param status what the order was answered.
 * @param buyer account of the buyer.
 * @param merchant account of the merchant.
 * @param marketer agent that earned, 0 for none.
 * @param district agent that earned, 0 for none.
 * @param provincial agent that earned, 0 for none.
 * @param referrer account that was rewarded, 0 for none.
 * @param amountFen price, coupons included.
 * @param couponFen what of it coupons paid.
 * @param refundedFen given back so far.
 * @param concessionFen what the merchant conceded.
 * @param incentiveFen its part for the incentive fund.
 * @param payableFen the merchant's payable of it.
 * @param marketerCommissionFen earned by the marketer.
 * @param districtCommissionFen earned by the district agent.
 * @param provincialCommissionFen earned by the provincial agent.
 * @param coinsCc coins to the buyer.
 * @param buyerPointsCp points to the buyer.
 * @param merchantPointsCp points to the merchant.
 * @param referrerPointsCp points to the referrer.
 * @param referrerCouponsFen coupons to the referrer.
 * @param channel payment channel.
 * @param businessDay in days since the epoch.
 * @param rateBps the merchant's concession then.
 */
public record OrderState(
    Status status,
    long buyer,
    long merchant,
    long marketer,
    long district,
    long provincial,
    long referrer,
    long amountFen,
    long couponFen,
    long refundedFen,
    long concessionFen,
    long incentiveFen,
    long payableFen,
    long marketerCommissionFen,
    long districtCommissionFen,
    long provincialCommissionFen,
    long coinsCc,
    long buyerPointsCp,
    long merchantPointsCp,
    long referrerPointsCp,
    long referrerCouponsFen,
    int channel,
    int businessDay,
    int rateBps) {}
