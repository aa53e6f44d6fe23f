package dev.verdant.pipeline;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Layout of the commands of a batch, in the pipeline's buffer and in the journal alike:
 *
 * <pre>
 *   0        4                4 + length    aligned to 8
 *   +--------+----------------+-------------+--- next command
 *   | length | SBE message    | zero padding|
 *   +--------+----------------+-------------+---
 * </pre>
 *
 * {@code length} is a little-endian int32, the length of the message with its SBE header. The
 * message is the request as it came, its {@code time} field stamped with engine time.
 */
public final class CommandBatch {
  /** Bytes of the length before each message. */
  public static final int LENGTH_PREFIX = Integer.BYTES;

  /** Every command starts at a multiple of this. */
  public static final int ALIGNMENT = Long.BYTES;

  /** Bytes that a message of this length takes in a batch. */
  public static int encodedLength(int messageLength) {
    return BitUtil.align(LENGTH_PREFIX + messageLength, ALIGNMENT);
  }

  /** Length of the message of the command at this place in a batch. */
  public static int messageLength(DirectBuffer batch, int at) {
    return batch.getInt(at, ByteOrder.LITTLE_ENDIAN);
  }

  private CommandBatch() {}
}
