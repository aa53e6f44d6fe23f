package dev.verdant.bench.load;

import dev.verdant.protocol.codec.Asset;
import dev.verdant.protocol.codec.BookAccount;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyDecoder;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** A trial balance whose every asset adds up to 0. */
public final class Books {
  private final Map<Asset, Map<BookAccount, Long>> amounts = new EnumMap<>(Asset.class);
  private final long sequence;

  private Books(TrialBalanceQueryReplyDecoder reply) {
    sequence = reply.sequence();
    for (final var entry : reply.entries()) {
      amounts
          .computeIfAbsent(entry.asset(), asset -> new EnumMap<>(BookAccount.class))
          .merge(entry.bookAccount(), entry.amount(), Long::sum);
    }
  }

  /**
   * Reads the answer to a query for the trial balance.
   *
   * @throws WrongResultException if it is another answer than OK, or does not balance.
   */
  public static Books read(DirectBuffer buffer, int offset) {
    if (!ReplyStatus.isOk(buffer, offset)) {
      throw ReplyStatus.failure("the trial balance", buffer, offset);
    }
    final TrialBalanceQueryReplyDecoder reply = new TrialBalanceQueryReplyDecoder();
    reply.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
    final Books books = new Books(reply);
    books.amounts.forEach(
        (asset, accounts) ->
            WrongResultException.require(
                "sum of " + asset, 0, accounts.values().stream().mapToLong(Long::longValue).sum()));
    return books;
  }

  /** Sequence of the last command in them. */
  public long sequence() {
    return sequence;
  }

  /**
   * Requires what a book account, which appears from its first posting, must hold.
   *
   * @throws WrongResultException naming it if it holds something else.
   */
  public void require(Asset asset, BookAccount account, long amount) {
    WrongResultException.require(
        asset + " " + account,
        amount,
        amounts.getOrDefault(asset, Map.of()).getOrDefault(account, 0L));
  }
}
