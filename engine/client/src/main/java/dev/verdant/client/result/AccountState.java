package dev.verdant.client.result;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountStatus;

/**
 * An account as of the last command, with releases caught up.
 *
 * @param kind of the account.
 * @param status active, frozen or closed.
 * @param account its id, unsigned.
 * @param couponFen coupons; below zero for a debt.
 * @param pendingFen coupons that wait for room in the month.
 * @param coinCc coins.
 * @param pointsCp points that have not exited.
 * @param payableFen payable to a merchant.
 * @param reserveFen a merchant's reserve.
 * @param commissionFen an agent's commission.
 * @param monthConsumptionFen bought in this month.
 * @param monthCreditedFen coupons credited in this month; kept for consumers only.
 * @param turnoverFen all that was bought or sold.
 */
public record AccountState(
    AccountKind kind,
    AccountStatus status,
    long account,
    long couponFen,
    long pendingFen,
    long coinCc,
    long pointsCp,
    long payableFen,
    long reserveFen,
    long commissionFen,
    long monthConsumptionFen,
    long monthCreditedFen,
    long turnoverFen) {}
