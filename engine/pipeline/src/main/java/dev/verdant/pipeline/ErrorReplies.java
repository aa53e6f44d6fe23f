package dev.verdant.pipeline;

import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import org.agrona.MutableDirectBuffer;

/** The one encoding of an ErrorReply, with a text for people. */
public final class ErrorReplies {
  private static final byte[] NO_DETAIL = {};
  private static final EnumMap<Status, byte[]> DETAILS = new EnumMap<>(Status.class);

  static {
    put(Status.MALFORMED, "a length, group count, enum, set or time is out of range");
    put(Status.UNKNOWN_COMMAND, "no request has this template");
    put(Status.UNSUPPORTED_VERSION, "other schema, or a version that this server does not speak");
    put(Status.FRAME_TOO_LARGE, "the frame is longer than the hello reply allows");
    put(Status.BUSY, "the server has as many connections as it takes");
    put(Status.ENGINE_FAILED, "the engine stopped; the outcome is known after recovery");
    put(Status.SHUTTING_DOWN, "the server takes no more requests");
    put(Status.HELLO_REQUIRED, "the first message of a connection must be a hello");
  }

  private static void put(Status status, String detail) {
    DETAILS.put(status, detail.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Encodes an error.
   *
   * @return length of the message in bytes, header included, at most 128.
   */
  public static int encode(
      ErrorReplyEncoder encoder,
      MessageHeaderEncoder header,
      MutableDirectBuffer buffer,
      int offset,
      long correlationId,
      Status status) {
    final byte[] detail = DETAILS.getOrDefault(status, NO_DETAIL);
    encoder
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(correlationId)
        .status(status)
        .putDetail(detail, 0, detail.length);
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  private ErrorReplies() {}
}
