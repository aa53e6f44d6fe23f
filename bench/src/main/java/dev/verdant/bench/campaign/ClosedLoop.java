package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

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

  /** Warms a server up before all warm up together; a run of one day would not. */
  void warmUp() {
    if (settings.seconds() > 0) {
      final List<Double> rates = WarmUp.run(() -> run(new Timeline()));
      settings.say(
          "%s: %s orders/s before the warm-up of all",
          name,
          rates.stream()
              .map(rate -> String.format(Locale.ROOT, "%,.0f", rate))
              .collect(Collectors.joining(", ")));
    }
  }

  @Override
  public double run() {
    final Timeline timeline = new Timeline();
    final double rate = run(timeline);
    curves.add(timeline.curve(curves.isEmpty() ? "warm-up" : "run " + curves.size()));
    return rate;
  }

  private double run(Timeline timeline) {
    final long leastNanos = TimeUnit.SECONDS.toNanos(settings.seconds());
    long nanos = 0;
    int days = 0;
    do {
      nanos += trade.tradeADay(timeline);
      days++;
    } while (nanos < leastNanos);
    trade.verify();
    return days * (double) settings.requestsADay() * NANOS_PER_SECOND / nanos;
  }

  /** All runs over time. */
  Plot plot() {
    return Plot.of(
        name + " over time", Plot.Axis.linear("measured s"), Plot.Axis.linear("orders/s"), curves);
  }
}
