package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A trade as fast as it goes, whole days for at least so long a run. The books are checked after
 * each run.
 */
final class ClosedLoop implements Alternation.Contender {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Settings settings;
  private final Trade trade;
  private final String name;
  private final List<Plot.Curve> curves = new ArrayList<>();

  ClosedLoop(Settings settings, Trade trade, String name) {
    this.settings = settings;
    this.trade = trade;
    this.name = name;
  }

  @Override
  public double run() {
    final Timeline timeline = new Timeline();
    final long leastNanos = TimeUnit.SECONDS.toNanos(settings.seconds());
    long nanos = 0;
    int days = 0;
    do {
      nanos += trade.tradeADay(timeline);
      days++;
    } while (nanos < leastNanos);
    trade.verify();
    curves.add(timeline.curve(curves.isEmpty() ? "warm-up" : "run " + curves.size()));
    return days * (double) settings.requestsADay() * NANOS_PER_SECOND / nanos;
  }

  /** All runs over time. */
  Plot plot() {
    return Plot.of(
        name + " over time", Plot.Axis.linear("measured s"), Plot.Axis.linear("orders/s"), curves);
  }
}
