package dev.verdant.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchedYieldTest {
  private long nanos = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(10);
  private long yieldMicros;
  private int yields;

  private final WatchedYield watchedYield =
      new WatchedYield(
          () -> nanos,
          () -> {
            yields++;
            nanos += TimeUnit.MICROSECONDS.toNanos(yieldMicros);
          });

  private void yieldFor(long micros) {
    yieldMicros = micros;
    watchedYield.giveWay();
  }

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void shouldBeCheapAsLongAsYieldsAreShort() {
    assertThat(watchedYield.isCheap()).isTrue();
    yieldFor(1);
    yieldFor(100);
    assertThat(watchedYield.isCheap()).isTrue();
    assertThat(yields).isEqualTo(2);
  }

  @Test
  void shouldNotBeCheapForAWhileAfterALongYieldEvenWhereTheClockWrapsRound() {
    yieldFor(101);
    assertThat(watchedYield.isCheap()).isFalse();
    pass(19);
    assertThat(watchedYield.isCheap()).isFalse();
    pass(1);
    assertThat(watchedYield.isCheap()).isTrue();
  }

  @Test
  void shouldCountTheWhileFromTheLastLongYield() {
    yieldFor(5_000);
    pass(15);
    yieldFor(5_000);
    pass(15);
    yieldFor(1);
    assertThat(watchedYield.isCheap()).isFalse();
    pass(5);
    assertThat(watchedYield.isCheap()).isTrue();
  }
}
