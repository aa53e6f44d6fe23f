package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.report.Plot;
import org.junit.jupiter.api.Test;

class AchievedRatesTest {
  @Test
  void shouldMarkTheRatesThatWereNotKept() {
    AchievedRates rates = new AchievedRates();
    rates.add(200_000, 150_000);
    rates.add(800_000, 790_000);
    rates.add(1_300_000, 1_100_000);
    rates.add(1_600_000, 1_050_000);
    assertThat(rates.saturated()).containsExactly(new Plot.Span(800_000, 1_600_000));
    assertThat(rates.caption())
        .contains(
            "150,000 of 200,000, 1,100,000 of 1,300,000, 1,050,000 of 1,600,000",
            "grows with the length of the run")
        .doesNotContain("790,000");
  }

  @Test
  void shouldMarkNothingWhereEveryRateWasKept() {
    AchievedRates rates = new AchievedRates();
    rates.add(200_000, 199_000);
    rates.add(400_000, 398_000);
    assertThat(rates.saturated()).isEmpty();
    assertThat(rates.caption()).isEqualTo("Every rate offered was kept.");
  }
}
