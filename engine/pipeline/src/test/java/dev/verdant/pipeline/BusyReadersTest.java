package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Views while every reader thread is at work for long. */
class BusyReadersTest {
  private static final Duration IDLE = Duration.ofMillis(20);
  private static final int READERS = 2;
  private static final long HOLD_NANOS = 1_000_000;

  private final long startNanos = SystemNanoClock.INSTANCE.nanoTime();
  private final Ledger ledger = new Ledger();
  private volatile boolean holds;
  private final CountDownLatch held = new CountDownLatch(READERS);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Engine engine = TestEngines.launch(ledger, IDLE, this::nanoTime);

  @AfterEach
  void closeAll() {
    goOn.countDown();
    engine.close();
    ledger.close();
  }

  /** Where a test can hold readers up; stands still until both are held. */
  private long nanoTime() {
    if (holds && Thread.currentThread().getName().startsWith("verdant-reader")) {
      held.countDown();
      while (goOn.getCount() > 0) {
        LockSupport.parkNanos(HOLD_NANOS);
      }
    }
    return held.getCount() > 0 ? startNanos : SystemNanoClock.INSTANCE.nanoTime();
  }

  @Test
  void shouldCloseAnIdleViewAllTheSame() {
    final TestPeer idle = new TestPeer(engine.connect());
    final List<TestPeer> readers =
        List.of(new TestPeer(engine.connect()), new TestPeer(engine.connect()));
    idle.openAccounts();
    idle.send(idle.messages.keptDigest(1));
    idle.await(1);
    holds = true;
    readers.forEach(peer -> peer.send(peer.messages.digest(2)));
    Patience.await("both readers are at work").until(() -> held.getCount() == 0);
    Patience.await("only the views that are being read are open")
        .until(() -> engine.openSnapshots() == READERS);
    goOn.countDown();
    for (final TestPeer peer : readers) {
      peer.await(1);
      assertThat(peer.replies.get(0)).matches(reply -> reply.is(Status.OK));
    }
  }
}
