package dev.verdant.bench.load;

import dev.verdant.bench.report.Plot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many requests were answered in each tenth of a second of measured time. */
public final class Timeline {
  private static final long BUCKET_NANOS = 100_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private long[] buckets = new long[1024];
  private long pastNanos;

  /**
   * Notes answers.
   *
   * @param nanos of the stretch at hand, from 0 on.
   */
  public void record(long nanos, long answered) {
    final int bucket = (int) ((pastNanos + nanos) / BUCKET_NANOS);
    if (bucket >= buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * bucket);
    }
    buckets[bucket] += answered;
  }

  /** Ends a stretch; the next one follows it without a gap. */
  public void endStretch(long nanos) {
    pastNanos += nanos;
  }

  /** Requests a second over seconds; the last, partial bucket is left out. */
  public Plot.Curve curve(String name) {
    final List<Plot.Point> points = new ArrayList<>();
    for (int i = 0; i < pastNanos / BUCKET_NANOS; i++) {
      points.add(
          new Plot.Point(
              i * BUCKET_NANOS / NANOS_PER_SECOND, buckets[i] * NANOS_PER_SECOND / BUCKET_NANOS));
    }
    return new Plot.Curve(name, points);
  }
}
