package dev.verdant.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class JitterFloorTest {
  @Test
  void shouldMeasureAtEveryDueTime() {
    Histogram lateness = JitterFloor.measure(100_000, 20_000_000);
    assertThat(lateness.getTotalCount()).isGreaterThanOrEqualTo(2_000);
  }

  @Test
  void shouldDoTheWorkOnTheCallingThread() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    assertThat(JitterFloor.longestNanosBeside(() -> worker.set(Thread.currentThread())))
        .isGreaterThanOrEqualTo(0);
    assertThat(worker.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void shouldPassOnWhatTheWorkThrows() {
    IllegalStateException failure = new IllegalStateException("work failed");
    assertThatThrownBy(
            () ->
                JitterFloor.longestNanosBeside(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }
}
