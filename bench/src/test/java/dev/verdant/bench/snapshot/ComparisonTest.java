package dev.verdant.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Row;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Bar MILLISECOND = Bar.atMost(1000);
  private static final Row LITTLE = Row.of("max.difference", "us", -40_000);
  private static final Row MUCH = Row.of("max.difference", "us", 40_000);

  /** Both sides late by seconds may well be late by the same. */
  @Test
  void shouldSayOfNothingComparedThatItMissesButNotThatItHolds() {
    assertThat(Comparison.barred(LITTLE, MILLISECOND, true).holds()).contains(true);
    assertThat(Comparison.barred(LITTLE, MILLISECOND, false).holds()).isEmpty();
    assertThat(Comparison.barred(MUCH, MILLISECOND, true).holds()).contains(false);
    assertThat(Comparison.barred(MUCH, MILLISECOND, false).holds()).contains(false);
  }

  @Test
  void shouldTellRunsBesideNoSnapshot() {
    assertThat(Comparison.besideNone(0, 5, false)).isEmpty();
    assertThat(Comparison.besideNone(2, 5, false))
        .isEqualTo("in 2 of 5 runs no snapshot was used to the end");
    assertThat(Comparison.besideNone(5, 5, true))
        .isEqualTo("in 5 of 5 runs no snapshot was given up");
  }
}
