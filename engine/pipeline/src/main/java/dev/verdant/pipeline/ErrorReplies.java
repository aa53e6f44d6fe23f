package dev.verdant.pipeline;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import org.agrona.MutableDirectBuffer;

/** Encodes ErrorReplies, each with a text for people. One for each thread. */
public final class ErrorReplies {
  /** Longest error in bytes, header included. */
  public static final int MAX_LENGTH = 128;

  private static final byte[] NO_DETAIL = {};
  private static final EnumMap<Status, byte[]> DETAILS = new EnumMap<>(Status.class);

  static {
    put(
        Status.MALFORMED,
        "a length, group count, enum, set or time is out of range, or the time is missing");
    put(Status.UNKNOWN_COMMAND, "no request has this template");
    put(Status.UNSUPPORTED_VERSION, "other schema, or a version that this server does not speak");
    put(Status.FRAME_TOO_LARGE, "the frame is longer than the hello reply allows");
    put(Status.BUSY, "the server has as many connections as it takes");
    put(Status.ENGINE_FAILED, "the engine stopped; the outcome is known after recovery");
    put(Status.SHUTTING_DOWN, "the server takes no more requests");
    put(Status.HELLO_REQUIRED, "the first message of a connection must be a hello");
    put(Status.VIEW_GONE, "the view was given up or has ended; ask again without naming one");
    put(Status.OUT_OF_SPACE, "the disk is below its reserve; nothing was done");
    put(Status.NO_SNAPSHOTS, "this ledger puts no snapshots on disk by itself");
  }

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ErrorReplyEncoder encoder = new ErrorReplyEncoder();

  private static void put(Status status, String detail) {
    DETAILS.put(status, detail.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Encodes an error.
   *
   * @return length of the message in bytes, header included, at most {@link #MAX_LENGTH}.
   */
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId, Status status) {
    final byte[] detail = DETAILS.getOrDefault(status, NO_DETAIL);
    encoder
        .wrapAndApplyHeader(buffer, offset, header)
        .correlationId(correlationId)
        .status(status)
        .putDetail(detail, 0, detail.length);
    return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
  }

  /** Writes what a failed engine answers in place of the answer that was under way. */
  void answerFailure(RequestSlot slot) {
    slot.discardBulkRead();
    final ReplyRing replies = slot.replies();
    replies.append(
        encodeFailure(slot, replies.buffer(), replies.messageOffset()), slot.reservedBytes());
    slot.replyEnd = replies.position();
  }

  /** That it failed, unless the slot holds an error. */
  private int encodeFailure(RequestSlot slot, MutableDirectBuffer buffer, int offset) {
    if (slot.kind() == RequestKind.REPLY) {
      buffer.putBytes(offset, slot.message(), 0, slot.length());
      return slot.length();
    }
    return encode(buffer, offset, Frame.correlationId(slot.message(), 0), Status.ENGINE_FAILED);
  }
}
