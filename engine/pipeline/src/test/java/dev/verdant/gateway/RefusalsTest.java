package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final String WHY = "256 are open, as many as may be";

  /** Sooner than a quiet minute behind 0, where it has told of nothing yet. */
  private static final long START_NANOS = 7;

  private final LoggedLines log = LoggedLines.of(Refusals.class);
  private final Refusals refusals = new Refusals();

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void shouldTellWhenItBeginsAndOnceAMinuteWhileItGoesOn() {
    for (int i = 0; i < 1_000; i++) {
      refusals.add(WHY, START_NANOS + i);
    }
    assertThat(refusals.count()).isEqualTo(1_000);
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0).getLevel()).isEqualTo(Level.WARNING);
    assertThat(log.lines().get(0).getParameters()).containsExactly(WHY, 1L);

    refusals.add(WHY, START_NANOS + Refusals.QUIET_NANOS - 1);
    assertThat(log.lines()).hasSize(1);
    refusals.add(WHY, START_NANOS + Refusals.QUIET_NANOS);
    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().get(1).getParameters()).containsExactly(WHY, 1_002L);
  }
}
