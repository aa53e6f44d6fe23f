package dev.verdant.ledger.model;

/** One accepted order as it is shown; amounts in fen, cp and cc. */
public record OrderView(
    long buyer,
    long merchant,
    long amount,
    long coupon,
    long refunded,
    long concession,
    long incentive,
    long payable,
    long coins,
    long buyerPoints,
    long merchantPoints,
    long referrerPoints,
    long referrerCoupons) {}
