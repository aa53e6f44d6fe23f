package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Plot;
import dev.verdant.bench.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs of a trade as fast as it goes: the first warms up and is not counted. The books are checked
 * after each.
 */
final class ClosedLoop {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLION = 1e6;

  private final Settings settings;
  private final Trade trade;
  private final String name;
  private final List<Double> rates = new ArrayList<>();
  private final List<Plot.Curve> curves = new ArrayList<>();

  ClosedLoop(Settings settings, Trade trade, String name) {
    this.settings = settings;
    this.trade = trade;
    this.name = name;
  }

  /** A run that is not counted. */
  void warmUp() {
    settings.say("%s: warm-up %.2f M orders/s", name, run(new Timeline()) / MILLION);
  }

  /** One run more; others may go in between. */
  void measure() {
    final Timeline timeline = new Timeline();
    final double rate = run(timeline);
    rates.add(rate);
    curves.add(timeline.curve(name + " " + rates.size()));
    settings.say("%s: run %d %.2f M orders/s", name, rates.size(), rate / MILLION);
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

  /** All runs as a row. */
  Row row() {
    return Row.of(name, "orders/s", rates.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** All runs over time. */
  Plot plot() {
    return new Plot(name + " over time", "measured s", "orders/s", false, false, curves);
  }
}
