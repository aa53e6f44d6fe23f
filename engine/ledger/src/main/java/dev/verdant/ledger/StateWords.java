package dev.verdant.ledger;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is small of a state as a row of words of 8 bytes, little-endian. One method of a class tells
 * the order of its fields for both ways: writing, a word is what is passed; reading, what is
 * returned.
 */
abstract class StateWords {
  abstract long word(long value);

  final int word(int value) {
    return Math.toIntExact(word((long) value));
  }

  final boolean word(boolean value) {
    return word(value ? 1L : 0L) != 0;
  }

  /** Writes words. */
  static final class Writer extends StateWords {
    private static final int INITIAL_LENGTH = 1 << 12;

    private UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(INITIAL_LENGTH));
    private int length;

    @Override
    long word(long value) {
      if (length == buffer.capacity()) {
        grow();
      }
      buffer.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
      length += Long.BYTES;
      return value;
    }

    private void grow() {
      final UnsafeBuffer larger = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * length));
      larger.putBytes(0, buffer, 0, length);
      buffer = larger;
    }

    /** Hands on all words written. */
    void drain(StateSink sink) {
      sink.begin(StatePart.STATE, length);
      try {
        sink.write(buffer.addressOffset(), length);
      } finally {
        // Only the address has been passed on.
        Reference.reachabilityFence(buffer);
      }
    }
  }

  /** Reads words. */
  static final class Reader extends StateWords {
    private final UnsafeBuffer buffer;
    private int position;

    Reader(StateSource source) {
      final int length = Math.toIntExact(source.begin(StatePart.STATE));
      buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
      if (length > 0) {
        source.read(buffer.addressOffset(), length);
      }
    }

    @Override
    long word(long ignored) {
      if (position + Long.BYTES > buffer.capacity()) {
        throw new IllegalArgumentException("the state ends after " + position + " bytes");
      }
      final long value = buffer.getLong(position, ByteOrder.LITTLE_ENDIAN);
      position += Long.BYTES;
      return value;
    }

    void requireEnd() {
      if (position != buffer.capacity()) {
        throw new IllegalArgumentException(
            "the state has " + buffer.capacity() + " bytes, " + position + " are known");
      }
    }
  }
}
