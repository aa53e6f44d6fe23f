package dev.verdant.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Latencies by percentile, drawn so that each nine more takes the same width: x is 1 / (1 -
 * percentile) by its logarithm, as in HdrHistogram's own plots. On the right end stands the
 * maximum.
 */
public final class PercentilePlot {
  private static final double NANOS_PER_MICRO = 1e3;

  /** Points of a curve for each nine. */
  private static final int POINTS_A_NINE = 20;

  /** The share of a nine's width that a label takes, as a factor of x. */
  private static final double LABEL = 3;

  private final String title;
  private final Map<String, Histogram> histograms = new LinkedHashMap<>();
  private long most = 1;

  /** Nothing is drawn yet. */
  public PercentilePlot(String title) {
    this.title = title;
  }

  /** Adds a curve of nanoseconds. */
  public PercentilePlot with(String name, Histogram nanos) {
    histograms.put(name, nanos);
    most = Math.max(most, nanos.getTotalCount());
    return this;
  }

  /** The plot, as wide as the curve with the most values needs; each ends in its maximum. */
  public Plot plot() {
    final List<Plot.Curve> curves = new ArrayList<>();
    histograms.forEach((name, nanos) -> curves.add(new Plot.Curve(name, points(nanos))));
    return Plot.of(
        title,
        Plot.Axis.logarithmic("percentile").withTicks(ticks()),
        Plot.Axis.logarithmic("us"),
        curves);
  }

  private List<Plot.Point> points(Histogram nanos) {
    final List<Plot.Point> points = new ArrayList<>();
    double inverse = 1;
    for (int point = 1; inverse < most; point++) {
      points.add(new Plot.Point(inverse, micros(nanos.getValueAtPercentile(100 - 100 / inverse))));
      inverse = Math.pow(10, (double) point / POINTS_A_NINE);
    }
    points.add(new Plot.Point(most, micros(nanos.getMaxValue())));
    return points;
  }

  /** At least a nanosecond: there is no logarithm of 0. */
  private static double micros(long nanos) {
    return Math.max(1, nanos) / NANOS_PER_MICRO;
  }

  private List<Plot.Tick> ticks() {
    final List<Plot.Tick> ticks = new ArrayList<>();
    addTick(ticks, 2, "p50");
    addTick(ticks, 10, "p90");
    String label = "p99";
    for (double inverse = 100; inverse < most; inverse *= 10) {
      addTick(ticks, inverse, label);
      label += label.contains(".") ? "9" : ".9";
    }
    ticks.add(new Plot.Tick(most, "max"));
    return ticks;
  }

  /** Leaves out what would run into the label of the maximum. */
  private void addTick(List<Plot.Tick> ticks, double inverse, String label) {
    if (inverse * LABEL <= most) {
      ticks.add(new Plot.Tick(inverse, label));
    }
  }
}
