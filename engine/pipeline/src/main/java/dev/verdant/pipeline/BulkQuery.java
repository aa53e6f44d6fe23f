package dev.verdant.pipeline;

import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import dev.verdant.protocol.codec.DigestQueryDecoder;
import dev.verdant.protocol.codec.DigestQueryReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryReplyDecoder;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the bulk queries have in common: from which view they are to be answered, and where their
 * replies say its age. A flyweight for one thread.
 */
final class BulkQuery {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final long NO_VIEW = AccountsQueryDecoder.viewNullValue();

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final AccountsQueryDecoder accounts = new AccountsQueryDecoder();
  private final TrialBalanceQueryDecoder trialBalance = new TrialBalanceQueryDecoder();
  private final DigestQueryDecoder digest = new DigestQueryDecoder();
  private long view;
  private long maxAgeMillis;
  private boolean keepsView;

  /** Reads a bulk query that has been validated. */
  BulkQuery wrap(DirectBuffer query, int offset) {
    header.wrap(query, offset);
    switch (header.templateId()) {
      case AccountsQueryDecoder.TEMPLATE_ID -> {
        accounts.wrapAndApplyHeader(query, offset, header);
        set(accounts.view(), accounts.maxAge(), accounts.keepView());
      }
      case TrialBalanceQueryDecoder.TEMPLATE_ID -> {
        trialBalance.wrapAndApplyHeader(query, offset, header);
        set(trialBalance.view(), trialBalance.maxAge(), trialBalance.keepView());
      }
      case DigestQueryDecoder.TEMPLATE_ID -> {
        digest.wrapAndApplyHeader(query, offset, header);
        set(digest.view(), digest.maxAge(), digest.keepView());
      }
      default ->
          throw new IllegalArgumentException(
              "template " + header.templateId() + " is no bulk query");
    }
    return this;
  }

  private void set(long newView, long newMaxAgeMillis, short keepView) {
    view = newView;
    maxAgeMillis = newMaxAgeMillis;
    keepsView = keepView == 1;
  }

  /** Whether it asks for a view that its connection was answered from before. */
  boolean namesView() {
    return view != NO_VIEW;
  }

  /** Sequence of that view. */
  long view() {
    return view;
  }

  /** Largest age of a new view. */
  long maxAgeNanos() {
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, maxAgeMillis));
  }

  /** Whether the view is wanted for another query. */
  boolean keepsView() {
    return keepsView;
  }

  /** Whether a reply says that the query goes on. */
  static boolean hasMore(DirectBuffer reply, int offset) {
    return Messages.templateId(reply, offset) == AccountsQueryReplyDecoder.TEMPLATE_ID
        && reply.getByte(offset + HEADER_LENGTH + AccountsQueryReplyDecoder.moreEncodingOffset())
            == 1;
  }

  /** Writes the age of the view into a reply to a bulk query. */
  static void putAgeMillis(MutableDirectBuffer reply, int offset, long ageMillis) {
    final int field =
        switch (Messages.templateId(reply, offset)) {
          case AccountsQueryReplyDecoder.TEMPLATE_ID ->
              AccountsQueryReplyDecoder.ageEncodingOffset();
          case TrialBalanceQueryReplyDecoder.TEMPLATE_ID ->
              TrialBalanceQueryReplyDecoder.ageEncodingOffset();
          default -> DigestQueryReplyDecoder.ageEncodingOffset();
        };
    reply.putLong(offset + HEADER_LENGTH + field, ageMillis, ByteOrder.LITTLE_ENDIAN);
  }
}
