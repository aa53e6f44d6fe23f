package dev.verdant.bench.load;

import dev.verdant.bench.workload.Totals;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyDecoder;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Checks a trial balance against what must have been booked. */
final class BooksCheck implements ReplyHandler {
  private final Totals expected;
  private final long releasedFen;
  private final long expectedSequence;
  private final TrialBalanceQueryReplyDecoder reply = new TrialBalanceQueryReplyDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private int count;

  /**
   * A check.
   *
   * @param releasedFen as the releases' replies told; no lot that had any was taken back.
   * @param expectedSequence of the last command.
   */
  BooksCheck(Totals expected, long releasedFen, long expectedSequence) {
    this.expected = expected;
    this.releasedFen = releasedFen;
    this.expectedSequence = expectedSequence;
  }

  @Override
  public void onReply(long number, DirectBuffer buffer, int offset, int length) {
    if (!ReplyStatus.isOk(buffer, offset)) {
      throw ReplyStatus.failure("the trial balance", buffer, offset);
    }
    reply.wrapAndApplyHeader(buffer, offset, header);
    WrongResultException.require("sequence", expectedSequence, reply.sequence());
    final Map<Asset, Map<BookAccount, Long>> books = new EnumMap<>(Asset.class);
    for (final var entry : reply.entries()) {
      books
          .computeIfAbsent(entry.asset(), asset -> new EnumMap<>(BookAccount.class))
          .merge(entry.bookAccount(), entry.amount(), Long::sum);
    }
    books.forEach(
        (asset, accounts) ->
            WrongResultException.require(
                "sum of " + asset, 0, accounts.values().stream().mapToLong(Long::longValue).sum()));
    check(books, Asset.CNY, BookAccount.CHANNEL_CLEARING, expected.clearingFen());
    check(books, Asset.CNY, BookAccount.PLATFORM_REVENUE, -expected.revenueFen());
    check(books, Asset.POINTS, BookAccount.ISSUED, -expected.pointsCp());
    check(books, Asset.COIN, BookAccount.ISSUED, -expected.coinsCc());
    check(books, Asset.COUPON, BookAccount.ISSUED, -releasedFen);
    check(books, Asset.COUPON, BookAccount.REDEEMED, expected.couponsFen());
    count++;
  }

  /** A book account appears from its first posting. */
  private static void check(
      Map<Asset, Map<BookAccount, Long>> books, Asset asset, BookAccount account, long amount) {
    WrongResultException.require(
        asset + " " + account,
        amount,
        books.getOrDefault(asset, Map.of()).getOrDefault(account, 0L));
  }

  /** Trial balances checked. */
  int count() {
    return count;
  }
}
