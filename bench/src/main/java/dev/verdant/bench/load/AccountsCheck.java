package dev.verdant.bench.load;

import dev.verdant.bench.workload.ExpectedAccounts.Balances;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** Checks accounts, asked for by their place, against what they must hold. */
final class AccountsCheck implements ReplyHandler {
  private final List<Balances> expected;
  private final AccountQueryReplyDecoder reply = new AccountQueryReplyDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private long couponsFen;
  private int count;

  AccountsCheck(List<Balances> expected) {
    this.expected = expected;
  }

  @Override
  public void onReply(long number, DirectBuffer buffer, int offset, int length) {
    final Balances must = expected.get((int) number);
    final String account = "account " + must.account();
    if (!ReplyStatus.isOk(buffer, offset)) {
      throw ReplyStatus.failure(account, buffer, offset);
    }
    reply.wrapAndApplyHeader(buffer, offset, header);
    WrongResultException.require("account", must.account(), reply.account());
    WrongResultException.require(account + ": coin", must.coin(), reply.coin());
    WrongResultException.require(account + ": payable", must.payable(), reply.payable());
    WrongResultException.require(account + ": reserve", must.reserve(), reply.reserve());
    WrongResultException.require(account + ": commission", must.commission(), reply.commission());
    WrongResultException.require(account + ": turnover", must.turnover(), reply.turnover());
    if (must.member()) {
      couponsFen += reply.coupon() + reply.pending();
    }
    count++;
  }

  /** What the members among them have of releases, credited or pending. */
  long couponsFen() {
    return couponsFen;
  }

  /** Accounts checked. */
  int count() {
    return count;
  }
}
