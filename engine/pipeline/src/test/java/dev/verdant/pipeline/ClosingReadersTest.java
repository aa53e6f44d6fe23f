package dev.verdant.pipeline;

import static dev.verdant.pipeline.TestMessages.BUYER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.memory.ReaderPace;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers that close while one of them reads: that may take seconds, and a stop must not. */
class ClosingReadersTest {
  /** Some hundred bytes each: what several rests of a reader lie between. */
  private static final int ACCOUNTS = 5_000;

  private static final int RESERVED = 1024;

  private final Ledger ledger = new Ledger();
  private final TestMessages messages = new TestMessages();
  private final ReplyRing replies = new ReplyRing(ReplyRing.MIN_CAPACITY, 1, () -> {});
  private final CountDownLatch reading = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final BulkReaders readers =
      new BulkReaders(Duration.ofSeconds(30), SystemNanoClock.INSTANCE, new HeldPace());

  @BeforeEach
  void openAccounts() {
    try (Engine engine = TestEngines.launch(ledger)) {
      final TestPeer peer = new TestPeer(engine.connect());
      for (int i = 0; i < ACCOUNTS; i++) {
        peer.send(peer.messages.openBuyer(i, BUYER + i));
      }
      peer.await(ACCOUNTS);
    }
    readers.start();
  }

  @AfterEach
  void closeAll() {
    goOn.countDown();
    readers.close();
    ledger.close();
  }

  @Test
  void shouldGiveUpWhatIsBeingRead() throws Exception {
    final int length = messages.digest(7);
    replies.reserve(1, RESERVED);
    final AgedSnapshot view =
        new AgedSnapshot(ledger.openSnapshot(), SystemNanoClock.INSTANCE.nanoTime());
    readers.takeOver(new BulkRead(replies, RESERVED, messages.buffer, length, view));
    Patience.await("it is being read").until(() -> reading.getCount() == 0);
    final Thread closer = new Thread(readers::close, "closer");
    closer.start();
    Patience.await("it waits for the reader")
        .until(() -> closer.getState() == Thread.State.WAITING);
    goOn.countDown();
    closer.join();

    final List<Integer> statuses = new ArrayList<>();
    replies.poll((buffer, offset, count) -> statuses.add(TestMessages.errorStatus(buffer, offset)));
    assertThat(statuses).containsExactly(Status.SHUTTING_DOWN.value());
    assertThat(ledger.openSnapshots()).isZero();
  }

  /** Holds the reader up at its first rest, in the middle of a query. */
  private final class HeldPace implements ReaderPace {
    @Override
    public void afterCopies() {
      reading.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void afterAbandoned() {}
  }
}
