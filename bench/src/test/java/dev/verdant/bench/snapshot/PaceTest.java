package dev.verdant.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long RUN_NANOS = 10_000_000;

  @Test
  void shouldRunAndRecordEveryBatchOfTheRate() {
    final AtomicInteger batches = new AtomicInteger();
    final AtomicInteger between = new AtomicInteger();

    final Latencies latencies =
        Pace.of(RUN_NANOS, 100_000, 10).run(batches::incrementAndGet, counting(between));

    assertThat(batches).hasValue(100);
    assertThat(between).hasValue(100);
    assertThat(latencies.count()).isEqualTo(100);
  }

  @Test
  void shouldCountTheWaitOfBatchesThatALongOneHeldUp() {
    final AtomicInteger batches = new AtomicInteger();
    final long heldUpNanos = RUN_NANOS / 2;

    final Latencies latencies =
        Pace.of(RUN_NANOS, 100_000, 10)
            .run(
                () -> {
                  if (batches.getAndIncrement() == 0) {
                    spin(heldUpNanos);
                  }
                },
                BesideOrders.NOTHING);

    // Fifty batches fell due meanwhile; half of them waited for at least a quarter of the run.
    assertThat(latencies.micros(100)).isGreaterThanOrEqualTo(heldUpNanos / 1e3 * 0.999);
    assertThat(latencies.micros(76)).isGreaterThanOrEqualTo(heldUpNanos / 2e3 * 0.98);
  }

  private static BesideOrders counting(AtomicInteger calls) {
    return new BesideOrders() {
      @Override
      public void startsAt(long nanos) {}

      @Override
      public void betweenBatches() {
        calls.incrementAndGet();
      }
    };
  }

  private static void spin(long nanos) {
    final long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }
}
