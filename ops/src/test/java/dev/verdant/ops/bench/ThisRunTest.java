package dev.verdant.ops.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ThisRunTest {
  private static final long MOST_MILLIS = 60_000;

  @Test
  void shouldTellWhatAProgramSays() {
    assertThat(ThisRun.said(List.of("echo", "1598584f-dirty"), MOST_MILLIS))
        .hasValue("1598584f-dirty");
  }

  @Test
  void shouldTellNothingOfAProgramThatFailsOrIsNotThere() {
    assertThat(ThisRun.said(List.of("sh", "-c", "echo half; exit 1"), MOST_MILLIS)).isEmpty();
    assertThat(ThisRun.said(List.of("no-such-program"), MOST_MILLIS)).isEmpty();
  }

  @Test
  @Timeout(value = 60, unit = SECONDS)
  void shouldNotWaitForAProgramThatDoesNotEnd() {
    assertThat(ThisRun.said(List.of("sleep", "600"), 10)).isEmpty();
  }
}
