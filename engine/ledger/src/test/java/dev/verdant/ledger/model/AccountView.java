package dev.verdant.ledger.model;

/** One account as it is shown: amounts in fen, cp and cc. */
public record AccountView(
    long account,
    String kind,
    String status,
    long coupon,
    long pending,
    long coin,
    long points,
    long payable,
    long reserve,
    long commission,
    long monthConsumption,
    long monthCredited,
    long turnover) {}
