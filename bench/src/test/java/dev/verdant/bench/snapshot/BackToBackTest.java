package dev.verdant.bench.snapshot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.load.InProcessTarget;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackToBackTest {
  @Test
  @Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldFailWithWhatEndedItEarlyWhereThereIsNoMemory() {
    OutOfMemoryError noMemory = new OutOfMemoryError("Unable to allocate 4096 bytes");
    CountDownLatch used = new CountDownLatch(1);
    SnapshotUse use =
        snapshot -> {
          used.countDown();
          throw noMemory;
        };
    try (InProcessTarget target = new InProcessTarget()) {
      BackToBack snapshots = BackToBack.start(target.ledger(), List.of(use), 0);
      while (used.getCount() > 0) {
        snapshots.betweenBatches();
      }
      assertThatThrownBy(snapshots::close).hasCause(noMemory);
    }
  }
}
