package dev.verdant.bench.snapshot;

import dev.verdant.bench.report.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies of a run's batches from the moment each was due, so that a batch that waited for the
 * one before counts its wait: all of them in a histogram, and the worst of each slice of time.
 */
final class Latencies {
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** No stall, the writer catching up after it, makes half of all batches so late. */
  private static final long BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Three digits of each value. */
  private final Histogram histogram = new Histogram(3);

  private final long[] worst;

  Latencies(long runNanos) {
    worst = new long[(int) (runNanos / SLICE_NANOS) + 1];
  }

  /**
   * Notes a batch.
   *
   * @param dueNanos since the run's start.
   */
  void record(long dueNanos, long latencyNanos) {
    histogram.recordValue(Math.max(0, latencyNanos));
    final int slice = (int) (dueNanos / SLICE_NANOS);
    worst[slice] = Math.max(worst[slice], latencyNanos);
  }

  /** A percentile, in microseconds. */
  double micros(double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
  }

  /** A percentile of each run, in microseconds. */
  static double[] micros(List<Latencies> runs, double percentile) {
    return runs.stream().mapToDouble(run -> run.micros(percentile)).toArray();
  }

  /**
   * Whether the writer did not keep the pace: then latencies tell how long the run was and nothing
   * else.
   */
  boolean fellBehind() {
    return histogram.getValueAtPercentile(50) > BEHIND_NANOS;
  }

  /** Number of batches. */
  long count() {
    return histogram.getTotalCount();
  }

  /** The worst latency of each slice, in microseconds over seconds. */
  Plot.Curve curve(String name) {
    final List<Plot.Point> points = new ArrayList<>();
    for (int i = 0; i < worst.length; i++) {
      if (worst[i] > 0) {
        points.add(new Plot.Point(i * SLICE_NANOS / NANOS_PER_SECOND, worst[i] / NANOS_PER_MICRO));
      }
    }
    return new Plot.Curve(name, points);
  }
}
