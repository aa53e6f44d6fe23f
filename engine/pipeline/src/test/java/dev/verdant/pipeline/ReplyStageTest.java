package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.memory.ReaderPace;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reply stage where the readers take nothing over, as where there is no memory for it. */
class ReplyStageTest {
  private static final int QUERIES = 2;

  private final TestMessages messages = new TestMessages();
  private final BulkReaders readers =
      new BulkReaders(Duration.ofSeconds(30), SystemNanoClock.INSTANCE, ReaderPace.UNBROKEN);
  private final RequestRing ring = new RequestRing(4, new Doorbell(IdleMode.BACKOFF));
  private final ReplyStage stage = new ReplyStage(ring, readers, new EngineCounters());

  @BeforeEach
  void publishBulkQueries() {
    readers.start();
    readers.close();
    final long last = ring.tryClaim(QUERIES);
    assertThat(last).isEqualTo(QUERIES - 1);
    for (int place = 0; place < QUERIES; place++) {
      final int length = messages.digest(place);
      final ReplyRing replies = new ReplyRing(ReplyRing.MIN_CAPACITY, 1, () -> {});
      final RequestSlot slot = ring.slot(place);
      slot.set(RequestKind.BULK_QUERY, replies, length, messages.buffer, 0, length);
      slot.bulkRead = new BulkRead(replies, length, messages.buffer, length, null);
    }
  }

  @Test
  void shouldNeverHandOverAQueryTwice() {
    for (int query = 0; query < QUERIES; query++) {
      assertThatThrownBy(() -> stage.onBatch(0, QUERIES - 1))
          .isInstanceOf(RejectedExecutionException.class);
    }
    stage.onBatch(0, QUERIES - 1);
  }
}
