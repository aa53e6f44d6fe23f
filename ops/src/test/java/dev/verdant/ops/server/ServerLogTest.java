package dev.verdant.ops.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ServerLogTest {
  private final UnreadPipe pipe = new UnreadPipe();
  private final ServerLog log = ServerLog.over(pipe);

  @Test
  void shouldPassOnAllInOrder() {
    pipe.readOn();
    for (int i = 0; i < 1_000; i++) {
      log(i + "\n");
    }
    log.drain();
    assertThat(pipe.text().lines().map(Integer::valueOf)).hasSize(1_000).isSorted();
    assertThat(log.lostBytes()).isZero();
  }

  @Test
  void shouldKeepSoMuchAndCountAndTellWhatIsLost() throws Exception {
    log("first\n");
    pipe.awaitWriter();
    final String kept = "x".repeat(ServerLog.CAPACITY - 1) + "\n";
    log(kept);
    log("lost\n");
    log("too\n");
    assertThat(log.lostBytes()).isEqualTo(9);
    pipe.readOn();
    log.drain();
    log("last\n");
    log.drain();
    assertThat(pipe.text())
        .isEqualTo("first\n" + kept + "... 9 bytes of the log were lost here\nlast\n");
    assertThat(log.lostBytes()).isEqualTo(9);
  }

  /** It would not be told of what comes before, else. */
  @Test
  void shouldLoseTheShorterThatFollowsToo() throws Exception {
    log("first\n");
    pipe.awaitWriter();
    log("x".repeat(ServerLog.CAPACITY + 1));
    log("lost\n");
    pipe.readOn();
    log.drain();
    assertThat(pipe.text())
        .isEqualTo("first\n... " + (ServerLog.CAPACITY + 6) + " bytes of the log were lost here\n");
  }

  @Test
  void shouldGiveUpAtTheEnd() throws Exception {
    log("first\n");
    pipe.awaitWriter();
    log("second\n");
    log.drain();
    assertThat(pipe.text()).isEmpty();
    pipe.readOn();
  }

  @Test
  void shouldCountAndTellWhatIsRefused() throws Exception {
    pipe.readOn();
    pipe.fail();
    log("lost\n");
    log.drain();
    pipe.fail();
    log("too\n");
    log.drain();
    assertThat(log.lostBytes()).isEqualTo(9);
    log("last\n");
    log.drain();
    assertThat(pipe.text()).isEqualTo("... 9 bytes of the log were lost here\nlast\n");
    assertThat(log.lostBytes()).isEqualTo(9);
  }

  /** Too little memory for a moment, say: the log of what comes of it is wanted most. */
  @Test
  void shouldGoOnAfterAnError() throws Exception {
    pipe.readOn();
    pipe.error();
    log("lost\n");
    log.drain();
    log("last\n");
    log.drain();
    assertThat(pipe.text()).isEqualTo("... 5 bytes of the log were lost here\nlast\n");
  }

  private void log(String text) {
    log.write(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
  }

  /** Takes nothing until it is read on. */
  private static final class UnreadPipe extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile boolean failing;
    private volatile boolean erring;

    void awaitWriter() throws InterruptedException {
      written.await();
    }

    void readOn() {
      read.countDown();
    }

    void fail() {
      failing = true;
    }

    void error() {
      erring = true;
    }

    String text() {
      return taken.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(int oneByte) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      written.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (failing) {
        failing = false;
        throw new IOException("failing");
      }
      if (erring) {
        erring = false;
        throw new OutOfMemoryError("failing");
      }
      taken.write(bytes, offset, length);
    }
  }
}
