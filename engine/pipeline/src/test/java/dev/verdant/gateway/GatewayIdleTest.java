package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.pipeline.IdleMode;
import dev.verdant.thread.WatchedYield;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GatewayIdleTest {
  private static final int YIELDS_BEFORE_SLEEP = 20;

  private Selector selector;
  private GatewayIdle idle;
  private long nanos;
  private long yieldMicros = 1;
  private int yields;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
    idle =
        new GatewayIdle(
            IdleMode.BACKOFF,
            selector,
            key -> {},
            List.of(),
            new WatchedYield(
                () -> nanos,
                () -> {
                  yields++;
                  nanos += TimeUnit.MICROSECONDS.toNanos(yieldMicros);
                }));
  }

  @AfterEach
  void close() throws IOException {
    selector.close();
  }

  /** Turns without work; a sleep among them ends at once. */
  private void rest(int turns) throws IOException {
    for (int turn = 0; turn < turns; turn++) {
      selector.wakeup();
      idle.rest(0, Long.MAX_VALUE);
    }
  }

  @Test
  void shouldYieldForSomeTurnsThenSleep() throws IOException {
    rest(3 * YIELDS_BEFORE_SLEEP);
    assertThat(yields).isEqualTo(YIELDS_BEFORE_SLEEP);
    idle.rest(1, Long.MAX_VALUE);
    rest(1);
    assertThat(yields).isEqualTo(YIELDS_BEFORE_SLEEP + 1);
  }

  @Test
  void shouldSleepAtOnceWhereAYieldTookLongUntilThatIsAWhileAgo() throws IOException {
    yieldMicros = 4_000;
    rest(3);
    idle.rest(1, Long.MAX_VALUE);
    rest(3);
    assertThat(yields).isEqualTo(1);
    nanos += TimeUnit.MILLISECONDS.toNanos(20);
    yieldMicros = 1;
    idle.rest(1, Long.MAX_VALUE);
    rest(3);
    assertThat(yields).isEqualTo(4);
  }

  @Test
  @Timeout(30)
  void shouldBeWokenWhereItHasSaidThatItSleeps() throws IOException {
    yieldMicros = 4_000;
    rest(1);
    selector.selectNow();
    idle.rest(0, Long.MAX_VALUE);
    idle.wake();
    // Sleeps until it is interrupted if nobody has woken it.
    idle.rest(0, Long.MAX_VALUE);
    assertThat(yields).isEqualTo(1);
  }
}
