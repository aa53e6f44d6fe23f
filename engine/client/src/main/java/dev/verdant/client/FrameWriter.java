package dev.verdant.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames on their way out: a 4-byte little-endian length before each message. Frames gather until
 * they are written, all that the socket takes with one call.
 */
final class FrameWriter {
  /** Bytes of the length before a message. */
  static final int LENGTH_PREFIX = Integer.BYTES;

  private final ByteBuffer bytes;
  private final UnsafeBuffer frames;
  private int head;
  private int tail;

  FrameWriter(int capacity) {
    bytes = ByteBuffer.allocateDirect(capacity);
    frames = new UnsafeBuffer(bytes);
  }

  /** Takes a message, or returns false where there is no room for it. */
  boolean offer(DirectBuffer buffer, int offset, int length) {
    if (LENGTH_PREFIX + length > frames.capacity() - tail) {
      compact();
      if (LENGTH_PREFIX + length > frames.capacity() - tail) {
        return false;
      }
    }
    frames.putInt(tail, length, ByteOrder.LITTLE_ENDIAN);
    frames.putBytes(tail + LENGTH_PREFIX, buffer, offset, length);
    tail += LENGTH_PREFIX + length;
    return true;
  }

  /** Writes what the channel takes now. */
  void writeTo(WritableByteChannel channel) throws IOException {
    if (head == tail) {
      return;
    }
    bytes.limit(tail).position(head);
    channel.write(bytes);
    head = bytes.position();
    if (head == tail) {
      head = 0;
      tail = 0;
    }
  }

  boolean isEmpty() {
    return head == tail;
  }

  private void compact() {
    if (head > 0) {
      frames.putBytes(0, frames, head, tail - head);
      tail -= head;
      head = 0;
    }
  }
}
