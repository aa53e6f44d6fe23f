package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.memory.CutAbandonedException;
import dev.verdant.protocol.codec.Status;
import dev.verdant.thread.BackgroundThread;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers that never close their snapshots: the writer goes on within its limit. */
class LostReadersTest {
  private static final long LIMIT_BYTES = 256 * 1024;
  private static final int ORDERS = 50_000;

  private final Ledger ledger = new Ledger(LIMIT_BYTES);
  private final Engine engine =
      Engine.launch(
          new EngineContext()
              .ledger(ledger)
              .journal(new MemoryJournal(Long.MAX_VALUE, false))
              .failureListener(cause -> {}));
  private final TestPeer peer = new TestPeer(engine.connect());

  @AfterEach
  void closeAll() {
    engine.close();
    ledger.close();
  }

  private LedgerSnapshot open() throws Exception {
    return engine.openSnapshot(Duration.ZERO).get(60, TimeUnit.SECONDS);
  }

  @Test
  void shouldGoOnWithinTheLimitWhenAReaderNeverCloses() throws Exception {
    peer.openAccounts();
    final LedgerSnapshot unclosed = open();
    assertThat(unclosed.accountCount()).isEqualTo(2);
    for (int i = 0; i < ORDERS; i++) {
      peer.send(peer.messages.order(i, i + 1));
      assertThat(engine.counters().keptForSnapshotsBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
    }
    peer.await(ORDERS);

    assertThat(peer.replies).hasSize(ORDERS).allMatch(reply -> reply.is(Status.OK));
    assertThat(unclosed.isOpen()).isFalse();
    assertThat(engine.counters().abandonedSnapshots()).isEqualTo(1);
    assertThatThrownBy(() -> unclosed.account(TestMessages.BUYER))
        .isInstanceOf(CutAbandonedException.class)
        .hasMessageContaining("the cut of sequence 2 was given up")
        .hasMessageContaining("the limit of " + LIMIT_BYTES + " bytes");
    assertThat(engine.openSnapshots()).as("given up, but not closed").isEqualTo(1);
    unclosed.close();
    try (LedgerSnapshot next = open()) {
      assertThat(next.account(TestMessages.BUYER).orElseThrow().turnover())
          .isEqualTo(ORDERS * 10_000L);
    }
    assertThat(engine.leakedSnapshots()).isZero();
  }

  @Test
  void shouldHaveWhoReadsInTheBackgroundRestWhenItsSnapshotIsGivenUp() throws Exception {
    peer.openAccounts();
    try (LedgerSnapshot snapshot = open()) {
      for (int i = 0; i < ORDERS; i++) {
        peer.send(peer.messages.order(i, i + 1));
      }
      peer.await(ORDERS);
      final FutureTask<Long> reading = new FutureTask<>(() -> restsOnReading(snapshot));
      new BackgroundThread(reading, "background").start();
      assertThat(reading.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  private static long restsOnReading(LedgerSnapshot snapshot) {
    assertThatThrownBy(snapshot::digest).isInstanceOf(CutAbandonedException.class);
    return ((BackgroundThread) Thread.currentThread()).rests();
  }

  @Test
  void shouldNoticeASnapshotThatIsDroppedWithoutBeingClosed() throws Exception {
    peer.openAccounts();
    assertThat(open().sequence()).isEqualTo(2);
    Awaitility.await("the dropped snapshot is closed")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              return engine.openSnapshots() == 0;
            });
    assertThat(engine.leakedSnapshots()).isEqualTo(1);
  }
}
