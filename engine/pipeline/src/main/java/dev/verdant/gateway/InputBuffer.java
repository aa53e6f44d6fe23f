package dev.verdant.gateway;

import dev.verdant.protocol.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes of a connection that have been read and not yet taken. Its length is what a turn may read;
 * it borrows a long one for a frame that is longer, until that is done.
 */
final class InputBuffer {
  private final LongBuffers longBuffers;
  private final ByteBuffer shortBytes;
  private ByteBuffer bytes;
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private int start;
  private int end;

  /** Creates a buffer of this length in bytes, which borrows a long one there. */
  InputBuffer(int length, LongBuffers longBuffers) {
    this.longBuffers = longBuffers;
    shortBytes = ByteBuffer.allocateDirect(length);
    use(shortBytes);
  }

  /** Reads what there is, as far as there is room; returns the bytes read, -1 at the end. */
  int readFrom(ReadableByteChannel channel) throws IOException {
    makeRoom();
    bytes.limit(bytes.capacity()).position(end);
    final int count = channel.read(bytes);
    end += Math.max(count, 0);
    return count;
  }

  /** The bytes, {@link #start} to {@link #end}. */
  DirectBuffer view() {
    return view;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Whether a whole frame, or the length of one that can never be, stands at the start. */
  boolean hasFrame() {
    if (end - start < Frame.LENGTH_PREFIX) {
      return false;
    }
    final int length = Frame.messageLength(view, start);
    return !Frame.isPossibleLength(length) || end - start >= Frame.LENGTH_PREFIX + length;
  }

  /** Takes everything before {@code newStart}. */
  void take(int newStart) {
    start = newStart;
    if (start == end) {
      clear();
    }
  }

  /** Forgets everything. */
  void clear() {
    start = 0;
    end = 0;
    if (bytes.capacity() > shortBytes.capacity()) {
      longBuffers.giveBack(bytes);
      use(shortBytes);
    }
  }

  private void makeRoom() {
    if (start > 0) {
      view.putBytes(0, view, start, end - start);
      end -= start;
      start = 0;
    } else if (end == bytes.capacity()) {
      final ByteBuffer longBytes = longBuffers.take();
      view.getBytes(0, longBytes, 0, end);
      use(longBytes);
    }
  }

  private void use(ByteBuffer target) {
    bytes = target;
    view.wrap(target);
  }
}
