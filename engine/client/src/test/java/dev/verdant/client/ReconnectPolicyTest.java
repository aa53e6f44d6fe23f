package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconnectPolicyTest {
  private final ReconnectPolicy policy =
      new ReconnectPolicy(Duration.ofNanos(1_000), Duration.ofNanos(5_000), 3);

  @ParameterizedTest(name = "after {0} failed attempts")
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 5000", "5, 5000", "2147483647, 5000"})
  void shouldDoubleThePauseUpToTheLongestAndShortenItByUpToHalf(int failedAttempts, long pause) {
    long[] pauses =
        LongStream.range(0, 1_000).map(i -> policy.pauseNanos(failedAttempts)).toArray();

    assertThat(LongStream.of(pauses).min().orElseThrow()).isGreaterThanOrEqualTo(pause / 2);
    assertThat(LongStream.of(pauses).max().orElseThrow()).isBetween(pause * 9 / 10, pause);
    assertThat(LongStream.of(pauses).distinct().count()).as("clients apart").isGreaterThan(1);
  }
}
