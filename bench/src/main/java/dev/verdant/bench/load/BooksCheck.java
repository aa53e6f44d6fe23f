package dev.verdant.bench.load;

import dev.verdant.bench.workload.Totals;
import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import org.agrona.DirectBuffer;

/** Checks a trial balance against what must have been booked. */
final class BooksCheck implements ReplyHandler {
  private final Totals expected;
  private final long releasedFen;
  private final long expectedSequence;
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
    final Books books = Books.read(buffer, offset);
    WrongResultException.require("sequence", expectedSequence, books.sequence());
    books.require(Asset.CNY, BookAccount.CHANNEL_CLEARING, expected.clearingFen());
    books.require(Asset.CNY, BookAccount.PLATFORM_REVENUE, -expected.revenueFen());
    books.require(Asset.POINTS, BookAccount.ISSUED, -expected.pointsCp());
    books.require(Asset.COIN, BookAccount.ISSUED, -expected.coinsCc());
    books.require(Asset.COUPON, BookAccount.ISSUED, -releasedFen);
    books.require(Asset.COUPON, BookAccount.REDEEMED, expected.couponsFen());
    count++;
  }

  /** Trial balances checked. */
  int count() {
    return count;
  }
}
