package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
  private static final int MESSAGE_LENGTH = 16;

  /** The messages are no messages: nothing of them may be changed. */
  private static final int ANY_VERSION = 0xFFFF;

  private static final int FRAME_LENGTH = Frame.LENGTH_PREFIX + MESSAGE_LENGTH;

  private final FrameWriter writer = new FrameWriter(3 * FRAME_LENGTH + 1);
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_LENGTH]);

  /** A socket that takes a frame and a half at a time, so that half frames move to the front. */
  @Test
  void shouldWriteEveryFrameWholeAndInOrderWhenTheSocketTakesPartsOfThem() throws IOException {
    int count = 100;
    Trickle socket = new Trickle(FRAME_LENGTH + FRAME_LENGTH / 2);
    for (int number = 0; number < count; number++) {
      message.setMemory(0, MESSAGE_LENGTH, (byte) number);
      while (!writer.offer(message, 0, MESSAGE_LENGTH, ANY_VERSION)) {
        writer.writeTo(socket);
      }
    }
    while (!writer.isEmpty()) {
      writer.writeTo(socket);
    }

    UnsafeBuffer written = new UnsafeBuffer(socket.taken.toByteArray());
    assertThat(written.capacity()).isEqualTo(count * FRAME_LENGTH);
    for (int number = 0; number < count; number++) {
      int frame = number * FRAME_LENGTH;
      assertThat(Frame.messageLength(written, frame)).isEqualTo(MESSAGE_LENGTH);
      for (int i = Frame.LENGTH_PREFIX; i < FRAME_LENGTH; i++) {
        assertThat(written.getByte(frame + i)).as("frame %d", number).isEqualTo((byte) number);
      }
    }
  }

  private static final class Trickle implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int atOnce;

    Trickle(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public int write(ByteBuffer bytes) {
      int count = Math.min(atOnce, bytes.remaining());
      for (int i = 0; i < count; i++) {
        taken.write(bytes.get());
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
