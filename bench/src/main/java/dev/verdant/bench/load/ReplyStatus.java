package dev.verdant.bench.load;

import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.CommandReplyDecoder;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.DirectBuffer;

/** The status of a reply, to be looked at before anything else of it is read. */
final class ReplyStatus {
  /** Every reply but one has its status at the same place. */
  private static final int STATUS =
      MessageHeaderDecoder.ENCODED_LENGTH + CommandReplyDecoder.statusEncodingOffset();

  private static final int ERROR_STATUS =
      MessageHeaderDecoder.ENCODED_LENGTH + ErrorReplyDecoder.statusEncodingOffset();

  /** Where a server can do no more, through no fault of what it has answered before. */
  private static final Set<Status> NOTHING_WRONG =
      EnumSet.of(Status.BUSY, Status.ENGINE_FAILED, Status.SHUTTING_DOWN, Status.OUT_OF_SPACE);

  private ReplyStatus() {}

  /** Whether the request was done. */
  static boolean isOk(DirectBuffer buffer, int offset) {
    return !isError(buffer, offset) && status(buffer, offset + STATUS) == Status.OK.value();
  }

  private static boolean isError(DirectBuffer buffer, int offset) {
    return Messages.templateId(buffer, offset) == ErrorReplyDecoder.TEMPLATE_ID;
  }

  private static int status(DirectBuffer buffer, int index) {
    return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  /**
   * What a reply other than OK means for whoever measures.
   *
   * @param request for the message.
   * @return a {@link LoadFailedException} where the server had no room, or is about to end; else a
   *     {@link WrongResultException}.
   */
  static RuntimeException failure(String request, DirectBuffer buffer, int offset) {
    final boolean error = isError(buffer, offset);
    final Status status = Status.get(status(buffer, offset + (error ? ERROR_STATUS : STATUS)));
    final String answered = request + " was answered " + status;
    return error && NOTHING_WRONG.contains(status)
        ? new LoadFailedException(answered + ": " + detail(buffer, offset))
        : new WrongResultException(answered + " instead of OK");
  }

  private static String detail(DirectBuffer buffer, int offset) {
    return new ErrorReplyDecoder()
        .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
        .detail();
  }
}
