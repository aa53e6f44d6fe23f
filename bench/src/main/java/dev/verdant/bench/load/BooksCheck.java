package dev.verdant.bench.load;

import dev.verdant.bench.workload.Totals;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyDecoder;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Checks a trial balance against what must have been booked. */
public final class BooksCheck implements ReplyHandler {
  private static final int ASSETS = 4;

  private final Totals expected;
  private final long expectedSequence;
  private final TrialBalanceQueryReplyDecoder reply = new TrialBalanceQueryReplyDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private int count;

  /**
   * A check.
   *
   * @param expectedSequence of the last command.
   */
  public BooksCheck(Totals expected, long expectedSequence) {
    this.expected = expected;
    this.expectedSequence = expectedSequence;
  }

  @Override
  public void onReply(long number, DirectBuffer buffer, int offset, int length) {
    reply.wrapAndApplyHeader(buffer, offset, header);
    if (reply.status() != Status.OK) {
      throw new WrongResultException("the trial balance was answered " + reply.status());
    }
    require("sequence", expectedSequence, reply.sequence());
    final Map<Asset, Long> sums = new EnumMap<>(Asset.class);
    for (final var entry : reply.entries()) {
      sums.merge(entry.asset(), entry.amount(), Long::sum);
      check(entry.asset(), entry.bookAccount(), entry.amount());
    }
    if (expected.orders() > 0) {
      require("assets", ASSETS, sums.size());
    }
    sums.forEach((asset, sum) -> require("sum of " + asset, 0, sum));
    count++;
  }

  private void check(Asset asset, BookAccount account, long amount) {
    if (account == BookAccount.CHANNEL_CLEARING) {
      require("channel clearing", expected.clearingFen(), amount);
    } else if (account == BookAccount.PLATFORM_REVENUE) {
      require("platform revenue", -expected.revenueFen(), amount);
    } else if (account == BookAccount.ISSUED && asset == Asset.POINTS) {
      require("points issued", -expected.pointsCp(), amount);
    } else if (account == BookAccount.ISSUED && asset == Asset.COIN) {
      require("coins issued", -expected.coinsCc(), amount);
    } else if (account == BookAccount.REDEEMED && asset == Asset.COUPON) {
      require("coupons redeemed", expected.couponsFen(), amount);
    }
  }

  private static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new WrongResultException(what + " is " + found + " instead of " + expected);
    }
  }

  /** Trial balances checked. */
  public int count() {
    return count;
  }
}
