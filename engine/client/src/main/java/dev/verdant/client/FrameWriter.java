package dev.verdant.client;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames on their way out, as {@link Frame} lays them out. They gather until they are written, all
 * that the socket takes with one call.
 */
final class FrameWriter {
  private final ByteBuffer bytes;
  private final UnsafeBuffer frames;
  private int head;
  private int tail;

  FrameWriter(int capacity) {
    bytes = ByteBuffer.allocateDirect(capacity);
    frames = new UnsafeBuffer(bytes);
  }

  /**
   * Takes a message, or returns false where there is no room for it.
   *
   * @param maxVersion newest schema version that its header may say on the way out.
   */
  boolean offer(DirectBuffer buffer, int offset, int length, int maxVersion) {
    if (Frame.LENGTH_PREFIX + length > frames.capacity() - tail) {
      compact();
      if (Frame.LENGTH_PREFIX + length > frames.capacity() - tail) {
        return false;
      }
    }
    Frame.putMessageLength(frames, tail, length);
    frames.putBytes(tail + Frame.LENGTH_PREFIX, buffer, offset, length);
    Messages.limitVersion(frames, tail + Frame.LENGTH_PREFIX, maxVersion);
    tail += Frame.LENGTH_PREFIX + length;
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
      clear();
    }
  }

  /** Forgets what has not been written. */
  void clear() {
    head = 0;
    tail = 0;
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
