package dev.verdant.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StolenTimeTest {
  @Test
  void shouldReadTheTimeStolenFromAllProcessors() {
    assertThat(
            StolenTime.seconds(
                """
                cpu  7877147 1223541 1042092 5338934 125775 0 109023 261825 0 0
                cpu0 3923901 633068 495959 2696627 56756 0 51266 130329 0 0
                """))
        .hasValue(2618.25);
  }

  @Test
  void shouldKnowNothingWhereTheSystemDoesNotTell() {
    assertThat(StolenTime.seconds("cpu  7877147 1223541 1042092 5338934\n")).isEmpty();
    assertThat(StolenTime.seconds("")).isEmpty();
  }
}
