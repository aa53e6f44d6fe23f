package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBufferTest {
  @ParameterizedTest(name = "{1} bytes read of a message said to have {0}")
  @CsvSource({
    "16, 15, false",
    "16, 16, true",
    "262144, 16, false",
    // Lies, to be answered at once: that more comes cannot be waited for.
    "15, 0, true",
    "0, 0, true",
    "262145, 16, true",
    "-1, 0, true"
  })
  void shouldHaveAFrameThatIsWholeOrLiesOfItsLength(int said, int read, boolean hasFrame)
      throws IOException {
    final byte[] bytes = new byte[Frame.LENGTH_PREFIX + read];
    Frame.putMessageLength(new UnsafeBuffer(bytes), 0, said);
    final InputBuffer input = new InputBuffer(64, new LongBuffers());
    input.readFrom(Channels.newChannel(new ByteArrayInputStream(bytes)));
    assertThat(input.hasFrame()).isEqualTo(hasFrame);
  }

  @Test
  void shouldUseTheLongBufferOfAnotherConnectionAgain() throws IOException {
    final LongBuffers longBuffers = new LongBuffers();
    final ByteBuffer used = longBufferOf(new InputBuffer(64, longBuffers));
    assertThat(longBufferOf(new InputBuffer(64, longBuffers))).isSameAs(used);
  }

  /** Receives a long frame; returns the buffer in which it stood. */
  private static ByteBuffer longBufferOf(InputBuffer input) throws IOException {
    final byte[] bytes = new byte[Frame.LENGTH_PREFIX + 100];
    Frame.putMessageLength(new UnsafeBuffer(bytes), 0, 100);
    final ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(bytes));
    while (!input.hasFrame()) {
      input.readFrom(channel);
    }
    final ByteBuffer buffer = input.view().byteBuffer();
    input.take(input.end());
    assertThat(input.view().byteBuffer()).isNotSameAs(buffer);
    return buffer;
  }
}
