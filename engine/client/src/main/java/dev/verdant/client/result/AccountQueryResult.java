package dev.verdant.client.result;

import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.Status;
import java.util.Optional;

/**
 * One account.
 *
 * @param outcome what became of the query.
 * @param account empty where there is no such account.
 */
public record AccountQueryResult(Outcome outcome, Optional<AccountState> account)
    implements Result {
  /** Reads a reply. */
  public static AccountQueryResult decode(Reply reply) {
    if (reply.templateId() != AccountQueryReplyDecoder.TEMPLATE_ID) {
      return new AccountQueryResult(reply.bareOutcome(), Optional.empty());
    }
    AccountQueryReplyDecoder decoder = reply.read(new AccountQueryReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    return new AccountQueryResult(
        outcome, outcome.status() == Status.OK ? Optional.of(state(decoder)) : Optional.empty());
  }

  private static AccountState state(AccountQueryReplyDecoder decoder) {
    return new AccountState(
        decoder.kind(),
        decoder.accountStatus(),
        decoder.account(),
        decoder.coupon(),
        decoder.pending(),
        decoder.coin(),
        decoder.points(),
        decoder.payable(),
        decoder.reserve(),
        decoder.commission(),
        decoder.monthConsumption(),
        decoder.monthCredited(),
        decoder.turnover());
  }
}
