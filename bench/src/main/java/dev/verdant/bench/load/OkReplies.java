package dev.verdant.bench.load;

import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.CommandReplyDecoder;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Takes replies to commands, each of which must be OK, and counts them. */
public final class OkReplies implements ReplyHandler {
  /** Every reply to a command has its status at the same place. */
  private static final int STATUS =
      MessageHeaderDecoder.ENCODED_LENGTH + CommandReplyDecoder.statusEncodingOffset();

  private static final int ERROR_STATUS =
      MessageHeaderDecoder.ENCODED_LENGTH + ErrorReplyDecoder.statusEncodingOffset();

  private long count;

  @Override
  public void onReply(long number, DirectBuffer buffer, int offset, int length) {
    final boolean error = Messages.templateId(buffer, offset) == ErrorReplyDecoder.TEMPLATE_ID;
    final int status =
        buffer.getShort(offset + (error ? ERROR_STATUS : STATUS), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    if (error || status != Status.OK.value()) {
      throw new WrongResultException(
          "request " + number + " was answered " + Status.get(status) + " instead of OK");
    }
    count++;
  }

  /** Replies so far. */
  public long count() {
    return count;
  }
}
