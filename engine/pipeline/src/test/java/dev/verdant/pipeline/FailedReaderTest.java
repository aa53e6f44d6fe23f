package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk queries whose thread meets an Error: its connection goes on. */
class FailedReaderTest {
  private static final Duration IDLE = Duration.ofMillis(20);

  private final Ledger ledger = new Ledger();
  private final AtomicBoolean fails = new AtomicBoolean();
  private final AtomicInteger failures = new AtomicInteger();
  private final Engine engine = TestEngines.launch(ledger, IDLE, this::nanoTime);
  private final TestPeer peer = new TestPeer(engine.connect());

  @AfterEach
  void closeAll() {
    engine.close();
    ledger.close();
  }

  /** The readers' clock is all of them that a test can let fail. */
  private long nanoTime() {
    final String thread = Thread.currentThread().getName();
    if (fails.get() && (thread.startsWith("verdant-reader") || thread.equals("verdant-views"))) {
      failures.incrementAndGet();
      throw new LinkageError("as if a class could not be loaded");
    }
    return SystemNanoClock.INSTANCE.nanoTime();
  }

  @Test
  void shouldAnswerAQueryThatFailsAndWhatComesBehindIt() {
    peer.openAccounts();
    fails.set(true);
    peer.send(peer.messages.digest(1));
    peer.send(peer.messages.order(2, 1));
    peer.await(2);
    assertThat(peer.replies.get(0).status()).isEqualTo(Status.VIEW_GONE.value());
    assertThat(peer.replies.get(1)).matches(reply -> reply.is(Status.OK));
    Patience.await("the view is closed").until(() -> engine.openSnapshots() == 0);

    fails.set(false);
    peer.send(peer.messages.digest(3));
    peer.await(3);
    assertThat(peer.replies.get(2)).matches(reply -> reply.is(Status.OK));
  }

  @Test
  void shouldGoOnLookingForIdleViewsAfterALookThatFailed() {
    peer.openAccounts();
    peer.send(peer.messages.digest(1));
    peer.await(1);
    fails.set(true);
    Patience.await("two looks fail").until(() -> failures.get() > 1);
    fails.set(false);
    peer.send(peer.messages.keptDigest(2));
    peer.await(2);
    Patience.await("the kept view is closed").until(() -> engine.openSnapshots() == 0);
  }

  /** As where memory is wanting, for the line of its own failure, too. */
  @ParameterizedTest
  @ValueSource(classes = {InternalError.class, IllegalStateException.class})
  void shouldGoOnWhereTheFailureCannotBeLogged(Class<? extends Throwable> thrown) {
    peer.openAccounts();
    final Logger logger = Logger.getLogger(BulkReaders.class.getName());
    final Handler failing = new FailingHandler(thrown);
    logger.addHandler(failing);
    try {
      fails.set(true);
      peer.send(peer.messages.digest(1));
      peer.await(1);
      assertThat(peer.replies.get(0).status()).isEqualTo(Status.VIEW_GONE.value());
      final int before = failures.get();
      Patience.await("two looks fail").until(() -> failures.get() > before + 1);
      fails.set(false);
      peer.send(peer.messages.keptDigest(2));
      peer.await(2);
      Patience.await("the kept view is closed").until(() -> engine.openSnapshots() == 0);
    } finally {
      logger.removeHandler(failing);
    }
  }

  private static final class FailingHandler extends Handler {
    private final Class<? extends Throwable> thrown;

    FailingHandler(Class<? extends Throwable> thrown) {
      this.thrown = thrown;
    }

    @Override
    public void publish(LogRecord line) {
      if (thrown == InternalError.class) {
        throw new InternalError("too little memory, say");
      }
      throw new IllegalStateException("a full disk, say");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
