package dev.verdant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentilePlotTest {
  @Test
  void shouldDrawPercentilesAtTheirTicksAndTheMaximumAtTheEnd() {
    Plot plot = new PercentilePlot("Latency").with("order", upTo(100_000)).plot();
    assertThat(plot.x().ticks())
        .containsExactly(
            new Plot.Tick(2, "p50"),
            new Plot.Tick(10, "p90"),
            new Plot.Tick(100, "p99"),
            new Plot.Tick(1000, "p99.9"),
            new Plot.Tick(10_000, "p99.99"),
            new Plot.Tick(100_000, "max"));
    assertThat(valueAt(plot, 0, 10)).isCloseTo(90, within(0.1));
    assertThat(valueAt(plot, 0, 100)).isCloseTo(99, within(0.1));
    assertThat(valueAt(plot, 0, 1000)).isCloseTo(99.9, within(0.1));
    assertThat(valueAt(plot, 0, 100_000)).isEqualTo(upTo(100_000).getMaxValue() / 1e3);
    assertThat(plot.curves().get(0).points()).extracting(Plot.Point::x).isSorted();
  }

  @Test
  void shouldEndEveryCurveInItsOwnMaximum() {
    Plot plot =
        new PercentilePlot("Latency").with("order", upTo(100_000)).with("echo", upTo(1_000)).plot();
    assertThat(valueAt(plot, 1, 100_000)).isEqualTo(upTo(1_000).getMaxValue() / 1e3);
  }

  @Test
  void shouldLeaveOutATickThatWouldRunIntoTheMaximum() {
    assertThat(new PercentilePlot("Latency").with("order", upTo(250)).plot().x().ticks())
        .extracting(Plot.Tick::label)
        .containsExactly("p50", "p90", "max");
  }

  @Test
  void shouldDrawNothingButTheMaximumOfOneValue() {
    Plot plot = new PercentilePlot("Latency").with("order", upTo(1)).plot();
    assertThat(plot.curves().get(0).points()).containsExactly(new Plot.Point(1, 0.001));
    assertThat(SvgPlot.of(plot)).contains(">max</text>").doesNotContain("NaN", "Infinity");
  }

  /** Each number of nanoseconds once. */
  private static Histogram upTo(int nanos) {
    Histogram histogram = new Histogram(3);
    for (int value = 1; value <= nanos; value++) {
      histogram.recordValue(value);
    }
    return histogram;
  }

  private static double valueAt(Plot plot, int curve, double x) {
    return plot.curves().get(curve).points().stream()
        .filter(point -> point.x() == x)
        .findFirst()
        .orElseThrow()
        .y();
  }
}
