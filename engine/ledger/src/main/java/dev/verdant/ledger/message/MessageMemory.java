package dev.verdant.ledger.message;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives a message an address: where it lies if that is off heap, as the pipeline's and the
 * journal's do, else a copy.
 *
 * <p>Orders and refunds, of which there are millions, are read and answered by address instead of
 * through their codecs: a buffer checks its bounds with each field and, since it may be on the heap
 * or off, lets the compiler move nothing across the access. Here the bounds are checked once.
 */
public final class MessageMemory {
  private static final int LENGTH = 128;

  /** Keeps the copy's memory. */
  private final ByteBuffer memory = ByteBuffer.allocateDirect(LENGTH);

  private final UnsafeBuffer copy = new UnsafeBuffer(memory);
  private final long copyAddress = BufferUtil.address(memory);

  /**
   * Address of a message for reading, good until the next call.
   *
   * @throws IndexOutOfBoundsException if the message does not lie within the buffer.
   */
  public long read(DirectBuffer buffer, int offset, int length) {
    buffer.boundsCheck(offset, length);
    if (buffer.byteArray() == null) {
      return buffer.addressOffset() + offset;
    }
    copy.putBytes(0, buffer, offset, length);
    return copyAddress;
  }

  /**
   * Address where a message is to be written; {@link #written} must follow.
   *
   * @throws IndexOutOfBoundsException if the message does not fit the buffer.
   */
  public long write(MutableDirectBuffer buffer, int offset, int length) {
    buffer.boundsCheck(offset, length);
    return buffer.byteArray() == null ? buffer.addressOffset() + offset : copyAddress;
  }

  /** Puts a message that has been written to its place. */
  public void written(MutableDirectBuffer buffer, int offset, int length) {
    if (buffer.byteArray() != null) {
      buffer.putBytes(offset, copy, 0, length);
    }
  }
}
