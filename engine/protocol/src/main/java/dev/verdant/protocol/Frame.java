package dev.verdant.protocol;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of a frame on TCP:
 *
 * <pre>
 *   0                4                12                        4 + length
 *   +----------------+----------------+-------------------------+--- next frame
 *   | message length | SBE header     | block, groups, var data |
 *   | uint32         | 8 bytes        | correlationId first     |
 *   +----------------+----------------+-------------------------+---
 * </pre>
 *
 * Everything is little-endian. The length counts the message only, its SBE header included; there
 * is no padding and nothing after the message.
 */
public final class Frame {
  /** Bytes before the message. */
  public static final int LENGTH_PREFIX = Integer.BYTES;

  /** Where the correlation id stands in every message, from the SBE header on. */
  public static final int CORRELATION_ID_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

  /** Shortest message in bytes: an SBE header and a correlation id. */
  public static final int MIN_MESSAGE_LENGTH = CORRELATION_ID_OFFSET + Long.BYTES;

  /** Longest frame in bytes, the length prefix included. */
  public static final int MAX_LENGTH = LENGTH_PREFIX + Limits.MAX_MESSAGE_LENGTH;

  /**
   * Length in bytes of the message of the frame at this offset, as the peer says; not yet to be
   * trusted. A value above 2^31 - 1 comes back negative.
   */
  public static int messageLength(DirectBuffer buffer, int frameOffset) {
    return buffer.getInt(frameOffset, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a message can be so long: where not, the peer's frames cannot be told apart. */
  public static boolean isPossibleLength(int messageLength) {
    return messageLength >= MIN_MESSAGE_LENGTH && messageLength <= Limits.MAX_MESSAGE_LENGTH;
  }

  /** Writes the length of the message that follows. */
  public static void putMessageLength(MutableDirectBuffer buffer, int frameOffset, int length) {
    buffer.putInt(frameOffset, length, ByteOrder.LITTLE_ENDIAN);
  }

  /** Correlation id of a message of at least {@link #MIN_MESSAGE_LENGTH} bytes. */
  public static long correlationId(DirectBuffer buffer, int messageOffset) {
    return buffer.getLong(messageOffset + CORRELATION_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  private Frame() {}
}
