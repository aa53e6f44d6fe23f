package dev.verdant.ledger.view;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;

/**
 * One account.
 *
 * @param account id, unsigned.
 * @param kind of account.
 * @param status of the account.
 * @param coupon balance in fen; may be negative after refunds.
 * @param pending coupons in fen that wait for room in a month.
 * @param coin balance.
 * @param points in 1/100 point, of the lots that have not exited.
 * @param payable to a merchant, in fen.
 * @param reserve of a merchant, in fen.
 * @param commission of an agent, in fen.
 * @param monthConsumption of the running month, in fen.
 * @param monthCredited coupons in fen, credited in the running month.
 * @param turnover of all time, in fen.
 */
public record AccountView(
    long account,
    AccountKind kind,
    AccountStatus status,
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
