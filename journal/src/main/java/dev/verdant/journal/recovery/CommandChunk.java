package dev.verdant.journal.recovery;

import dev.verdant.journal.scan.CheckedCommands;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Limits;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A copy of commands that follow one another, off heap; for one thread at a time. */
final class CommandChunk {
  /** Bytes that hold the longest command, or thousands of orders. */
  static final int CAPACITY = CommandBatch.encodedLength(Limits.MAX_MESSAGE_LENGTH);

  private final UnsafeBuffer buffer;
  private long firstSequence;
  private int count;
  private int length;

  /**
   * An empty chunk.
   *
   * @param capacity in bytes.
   */
  CommandChunk(int capacity) {
    buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether a command follows those that the chunk has, and has room. */
  boolean takes(long sequence, int encodedLength) {
    return (isEmpty() || sequence == firstSequence + count)
        && encodedLength <= buffer.capacity() - length;
  }

  /**
   * Copies a command that the chunk {@link #takes}.
   *
   * @param encodedLength of the command in bytes, as it stands in a batch.
   */
  void add(long sequence, DirectBuffer source, int offset, int encodedLength) {
    if (isEmpty()) {
      firstSequence = sequence;
    }
    buffer.putBytes(length, source, offset, encodedLength);
    length += encodedLength;
    count++;
  }

  /** Hands the commands on and forgets them. */
  void emptyInto(CheckedCommands sink) {
    sink.onCommands(firstSequence, count, buffer, 0);
    count = 0;
    length = 0;
  }

  void free() {
    BufferUtil.free(buffer);
  }
}
