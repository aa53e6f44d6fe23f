package dev.verdant.ledger.view;

/**
 * One accepted order that is remembered.
 *
 * @param buyer id, unsigned.
 * @param merchant id, unsigned.
 * @param amount in fen.
 * @param coupon part of the amount paid in coupons, in fen.
 * @param refunded part of the amount, in fen.
 * @param channel of the payment.
 * @param businessDay of the order, in days since the epoch.
 * @param rateBps of the merchant's concession at the time.
 */
public record OrderView(
    long buyer,
    long merchant,
    long amount,
    long coupon,
    long refunded,
    int channel,
    int businessDay,
    int rateBps) {}
