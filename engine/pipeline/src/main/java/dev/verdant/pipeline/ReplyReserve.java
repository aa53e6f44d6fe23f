package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountsQueryDecoder;
import dev.verdant.protocol.codec.AccountsQueryReplyDecoder;
import dev.verdant.protocol.codec.GroupSizeEncodingDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderQueryDecoder;
import dev.verdant.protocol.codec.OrderQueryReplyDecoder;
import dev.verdant.protocol.codec.PoolsQueryDecoder;
import dev.verdant.protocol.codec.TrialBalanceQueryDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Room that a request in flight may take: its reply in a {@link ReplyRing}, and itself if long. */
public final class ReplyReserve {
  /** Of commands, errors, and queries with a short answer. */
  private static final int SHORT = Frame.LENGTH_PREFIX + Ledger.MAX_COMMAND_REPLY_LENGTH;

  /** Of an error, in bytes. */
  public static final int ERROR = SHORT;

  private static final int ORDER =
      Frame.LENGTH_PREFIX
          + MessageHeaderDecoder.ENCODED_LENGTH
          + OrderQueryReplyDecoder.BLOCK_LENGTH;

  private static final int LONG = Frame.LENGTH_PREFIX + Ledger.MAX_QUERY_REPLY_LENGTH;

  private static final int ACCOUNTS =
      Frame.LENGTH_PREFIX
          + MessageHeaderDecoder.ENCODED_LENGTH
          + AccountsQueryReplyDecoder.BLOCK_LENGTH
          + GroupSizeEncodingDecoder.ENCODED_LENGTH;

  private static final int MAX_ACCOUNTS_OFFSET =
      MessageHeaderDecoder.ENCODED_LENGTH + AccountsQueryDecoder.maxAccountsEncodingOffset();

  /**
   * Bytes to reserve for a request that need not be valid.
   *
   * @param length of the message in bytes, at least {@link Frame#MIN_MESSAGE_LENGTH}.
   */
  public static int of(DirectBuffer buffer, int offset, int length) {
    // A long request takes memory of its own until it is answered: it counts against the same
    // bound.
    return ofReply(buffer, offset, length) + (length > RequestSlot.LENGTH ? length : 0);
  }

  private static int ofReply(DirectBuffer buffer, int offset, int length) {
    return switch (Messages.templateId(buffer, offset)) {
      case OrderQueryDecoder.TEMPLATE_ID -> Math.max(SHORT, ORDER);
      case AccountsQueryDecoder.TEMPLATE_ID -> ofAccounts(buffer, offset, length);
      case PoolsQueryDecoder.TEMPLATE_ID, TrialBalanceQueryDecoder.TEMPLATE_ID -> LONG;
      default -> SHORT;
    };
  }

  private static int ofAccounts(DirectBuffer buffer, int offset, int length) {
    if (length < MAX_ACCOUNTS_OFFSET + Short.BYTES) {
      return SHORT;
    }
    final int accounts =
        buffer.getShort(offset + MAX_ACCOUNTS_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    // The ledger takes 0 for 1.
    final int bytes =
        ACCOUNTS
            + Math.max(1, accounts) * AccountsQueryReplyDecoder.AccountsDecoder.sbeBlockLength();
    return Math.max(SHORT, Math.min(LONG, bytes));
  }

  private ReplyReserve() {}
}
