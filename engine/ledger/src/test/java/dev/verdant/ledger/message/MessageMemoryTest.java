package dev.verdant.ledger.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Messages on the heap and off it have the same fields; none is read or written past its buffer.
 */
class MessageMemoryTest {
  private static final int OFFSET = 24;

  private final MessageMemory memory = new MessageMemory();
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(256);
  private final UnsafeBuffer offHeap = new UnsafeBuffer(bytes);
  private final UnsafeBuffer onHeap = new UnsafeBuffer(new byte[256]);

  @Test
  void shouldReadAMessageWhereItLiesOffTheHeap() {
    offHeap.putLong(OFFSET + 8, 7411);

    final long message = memory.read(offHeap, OFFSET, 64);

    assertThat(message).isEqualTo(BufferUtil.address(bytes) + OFFSET);
    assertThat(LittleEndian.getLong(message + 8)).isEqualTo(7411);
  }

  @Test
  void shouldReadACopyOfAMessageOnTheHeap() {
    onHeap.putLong(OFFSET + 8, 7411);

    final long message = memory.read(onHeap, OFFSET, 64);

    assertThat(LittleEndian.getLong(message + 8)).isEqualTo(7411);
  }

  @Test
  void shouldWriteToItsPlaceOnEitherSide() {
    for (final UnsafeBuffer buffer : new UnsafeBuffer[] {offHeap, onHeap}) {
      final long message = memory.write(buffer, OFFSET, 16);
      LittleEndian.putLong(message, 1);
      LittleEndian.putLong(message + 8, 2);
      memory.written(buffer, OFFSET, 16);

      assertThat(buffer.getLong(OFFSET)).isEqualTo(1);
      assertThat(buffer.getLong(OFFSET + 8)).isEqualTo(2);
      assertThat(buffer.getLong(OFFSET + 16)).isZero();
    }
  }

  @Test
  void shouldRefuseAMessageThatLeavesItsBuffer() {
    for (final UnsafeBuffer buffer : new UnsafeBuffer[] {offHeap, onHeap}) {
      assertThatThrownBy(() -> memory.read(buffer, 200, 64))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> memory.write(buffer, 200, 64))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
