package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.Patience;
import dev.verdant.pipeline.TestEngines;
import dev.verdant.pipeline.TestMessages;
import dev.verdant.protocol.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that arrive in pieces. */
class RequestIntakeTest {
  private final Ledger ledger = new Ledger();
  private final TestMessages messages = new TestMessages();
  private final InputBuffer input = new InputBuffer(1024, new LongBuffers());
  private Engine engine;
  private RequestIntake intake;

  @BeforeEach
  void launch() {
    engine = TestEngines.launch(ledger);
    intake =
        new RequestIntake(
            engine.ring(), engine.newRequestWriter(), engine.newReplyRing(() -> {}), input);
  }

  @AfterEach
  void close() {
    engine.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private byte[] frameOf(int length) {
    final byte[] frame = new byte[Frame.LENGTH_PREFIX + length];
    final UnsafeBuffer view = new UnsafeBuffer(frame);
    Frame.putMessageLength(view, 0, length);
    view.putBytes(Frame.LENGTH_PREFIX, messages.buffer, 0, length);
    return frame;
  }

  private void receive(byte[] bytes, int from, int to) throws IOException {
    input.readFrom(Channels.newChannel(new ByteArrayInputStream(bytes, from, to - from)));
  }

  @Test
  void shouldTakeNoFrameBeforeItsLastByteHasCome() throws IOException {
    final byte[] hello = frameOf(messages.hello(0, 1, 1));
    for (int i = 0; i < hello.length; i++) {
      assertThat(intake.take()).as("after %d of %d bytes", i, hello.length).isZero();
      receive(hello, i, i + 1);
    }
    assertThat(intake.take()).isOne();
    assertThat(intake.isGreeted()).isTrue();
  }

  @Test
  void shouldTakeTheWholeFramesAndLeaveTheOneBehindThem() throws IOException {
    final byte[] hello = frameOf(messages.hello(0, 1, 1));
    receive(hello, 0, hello.length);
    receive(hello, 0, hello.length);
    receive(hello, 0, hello.length - 1);
    assertThat(intake.take()).isEqualTo(2);
    assertThat(intake.take()).isZero();
    receive(hello, hello.length - 1, hello.length);
    assertThat(intake.take()).isOne();
  }
}
