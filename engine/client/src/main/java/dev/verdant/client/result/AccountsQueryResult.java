package dev.verdant.client.result;

import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of accounts in ascending (unsigned) order of id.
 *
 * @param outcome what became of the query.
 * @param accounts the page.
 * @param more whether accounts may follow.
 * @param nextAccount where more is true: smallest id to go on with.
 * @param ageMillis since the view was the newest state.
 */
public record AccountsQueryResult(
    Outcome outcome, List<AccountState> accounts, boolean more, long nextAccount, long ageMillis)
    implements Result {
  /** Reads a reply. */
  public static AccountsQueryResult decode(Reply reply) {
    if (reply.templateId() != AccountsQueryReplyDecoder.TEMPLATE_ID) {
      return new AccountsQueryResult(reply.bareOutcome(), List.of(), false, 0, 0);
    }
    AccountsQueryReplyDecoder decoder = reply.read(new AccountsQueryReplyDecoder());
    Outcome outcome = reply.outcome(decoder.status(), decoder.sequence());
    boolean more = decoder.more() == 1;
    long nextAccount = decoder.nextAccount();
    long ageMillis = decoder.age();
    List<AccountState> accounts = new ArrayList<>();
    for (AccountsQueryReplyDecoder.AccountsDecoder account : decoder.accounts()) {
      accounts.add(state(account));
    }
    return new AccountsQueryResult(outcome, List.copyOf(accounts), more, nextAccount, ageMillis);
  }

  private static AccountState state(AccountsQueryReplyDecoder.AccountsDecoder decoder) {
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
