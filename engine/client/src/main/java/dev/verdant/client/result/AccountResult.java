package dev.verdant.client.result;

import dev.verdant.protocol.codec.AccountReplyDecoder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to a command on one account.
 *
 * @param outcome what became of it.
 * @param balances as they stand after the command, also after a rejection; empty where there is no
 *     such account.
 */
public record AccountResult(Outcome outcome, Optional<Balances> balances) implements Result {
  /** Reads a reply. */
  public static AccountResult decode(Reply reply) {
    if (reply.templateId() != AccountReplyDecoder.TEMPLATE_ID) {
      return new AccountResult(reply.bareOutcome(), Optional.empty());
    }
    AccountReplyDecoder decoder = reply.read(new AccountReplyDecoder());
    return new AccountResult(
        reply.outcome(decoder.status(), decoder.sequence()),
        Optional.of(
            new Balances(
                decoder.coupon(),
                decoder.pending(),
                decoder.coin(),
                decoder.payable(),
                decoder.reserve(),
                decoder.commission(),
                points(decoder.points()))));
  }

  private static OptionalLong points(long value) {
    return value == AccountReplyDecoder.pointsNullValue()
        ? OptionalLong.empty()
        : OptionalLong.of(value);
  }

  /**
   * Balances of an account.
   *
   * @param couponFen coupons; below zero for a debt.
   * @param pendingFen coupons that wait for room in the month.
   * @param coinCc coins.
   * @param payableFen payable to a merchant.
   * @param reserveFen a merchant's reserve.
   * @param commissionFen an agent's commission.
   * @param pointsCp points in 1/100, of lots that have not exited; empty where the server does not
   *     tell, as before version 4 of the schema.
   */
  public record Balances(
      long couponFen,
      long pendingFen,
      long coinCc,
      long payableFen,
      long reserveFen,
      long commissionFen,
      OptionalLong pointsCp) {}
}
