package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.JitterFloor;
import dev.verdant.bench.load.OkReplies;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.PercentilePlot;
import dev.verdant.bench.report.Plot;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.workload.TradingDay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Latencies of a server and of a bare echo beside it: one request at a time, an open loop at a
 * rate, a sweep of rates; and the jitter floor of the machine. Server and echo take turns.
 */
public final class Latency {
  /** The rate of the rows {@code open-200k}. */
  public static final int RATE = 200_000;

  private static final int[] SWEEP = {
    25_000, 50_000, 100_000, 200_000, 400_000, 600_000, 800_000, 1_000_000, 1_300_000, 1_600_000
  };
  private static final double LONE_BAR = 1.5;
  private static final double OPEN_BAR = 2;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int LONE_PER_SECOND = 10_000;
  private static final int MEDIAN = 50;
  private static final int P99 = 99;
  private static final int SWEEPS_A_SECOND = 2;

  /**
   * Runs of the open loop before those that count: what a compiler makes of a server under full
   * load it makes anew for few requests at a time, which takes some seconds of them.
   */
  private static final int OPEN_WARM_UPS = 4;

  private static final double P999 = 99.9;

  private final Settings settings;
  private final ServerUnderLoad server;
  private final EchoUnderLoad echo;

  Latency(Settings settings, ServerUnderLoad server, EchoUnderLoad echo) throws IOException {
    this.settings = settings;
    this.server = server;
    this.echo = echo;
    echo.beLike(server);
  }

  /**
   * Starts a server and an echo and measures all of it.
   *
   * @throws IOException if one of them does not start.
   */
  public static Result measure(Settings settings) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(settings, "latency");
        EchoUnderLoad echo = EchoUnderLoad.start(settings)) {
      final Latency latency = new Latency(settings, server, echo);
      latency.warmUp();
      return latency.lone().and(latency.open()).and(latency.sweep());
    }
  }

  private void warmUp() {
    server.trade().tradeADay(new Timeline());
    echo.throughput(0);
  }

  /** Requests of a run: for as long as told, over as many days as it takes; or of one day. */
  private long requests(int perSecond) {
    return settings.seconds() == 0
        ? Math.min(settings.requestsADay(), perSecond)
        : (long) perSecond * settings.seconds();
  }

  private int ofADay(long requests) {
    return (int) Math.min(settings.requestsADay(), requests);
  }

  /** One request at a time. */
  Result lone() throws IOException {
    final long requests = requests(LONE_PER_SECOND);
    final List<Histogram> served = new ArrayList<>();
    final List<Histogram> echoed = new ArrayList<>();
    for (int run = -1; run < settings.runs(); run++) {
      final Histogram of = loneOrders(requests);
      final Histogram bare = server.aside(() -> echo.lone(requests));
      if (run >= 0) {
        served.add(of);
        echoed.add(bare);
        settings.say("lone: run %d p50 %.1f us, echo %.1f us", run + 1, p50(of), p50(bare));
      }
    }
    final double limit = row("echo", echoed, Latency::p50).value();
    return new Result(
        List.of(
            row("lone-p50", served, Latency::p50)
                .withLimit(limit)
                .withBar(Bar.atMost(LONE_BAR * limit))
                .withNote("round trip of one order at a time; the limit is the bare echo's"),
            row("lone-p99", served, Latency::p99)
                .withLimit(row("echo", echoed, Latency::p99).value())),
        List.of(
            new PercentilePlot("Lone order")
                .with("order", sum(served))
                .with("bare echo", sum(echoed))
                .plot()));
  }

  private Histogram loneOrders(long requests) {
    final Histogram latencies = new Histogram(3);
    int count;
    for (long left = requests; left > 0; left -= count) {
      count = ofADay(left);
      final TradingDay day = server.trade().nextDay(count);
      server.target().lone(day, 0, count, new OkReplies(), latencies);
    }
    server.trade().verify();
    return latencies;
  }

  /** The open loop at the rate of the rows. */
  Result open() throws IOException {
    final List<Histogram> served = new ArrayList<>();
    final List<Histogram> echoed = new ArrayList<>();
    final List<Histogram> floor = new ArrayList<>();
    final long requests = requests(RATE);
    final long nanos = (long) (requests * NANOS_PER_SECOND / RATE);
    for (int run = 0; run < OPEN_WARM_UPS; run++) {
      settings.say(
          "open 200k: warm-up p99 %.1f us, echo %.1f us",
          p99(openOrders(RATE, requests).latencies()), p99(echoed(RATE, requests)));
    }
    for (int run = 0; run < settings.runs(); run++) {
      served.add(openOrders(RATE, requests).latencies());
      echoed.add(echoed(RATE, requests));
      floor.add(server.aside(() -> JitterFloor.measure(RATE, nanos)));
      settings.say(
          "open 200k: run %d p50 %.1f us p99 %.1f us, echo %.1f and %.1f us",
          run + 1,
          p50(served.get(run)),
          p99(served.get(run)),
          p50(echoed.get(run)),
          p99(echoed.get(run)));
    }
    return new Result(
        List.of(
            barred("open-200k-p50", served, echoed, Latency::p50),
            barred("open-200k-p99", served, echoed, Latency::p99),
            floored("open-200k-p999", served, floor, Latency::p999),
            floored("open-200k-max", served, floor, Latency::most)),
        List.of(
            new PercentilePlot("Open loop at 200,000 orders/s")
                .with("order", sum(served))
                .with("bare echo", sum(echoed))
                .with("jitter floor", sum(floor))
                .plot()));
  }

  /**
   * A run of the open loop.
   *
   * @param latencies from when an order was due.
   * @param perSecond orders answered a second, of each day from the first that was due to the last
   *     reply.
   */
  private record OpenRun(Histogram latencies, double perSecond) {}

  private OpenRun openOrders(int rate, long requests) {
    final Histogram latencies = new Histogram(3);
    final Trade trade = server.trade();
    long nanos = 0;
    int count;
    for (long left = requests; left > 0; left -= count) {
      count = ofADay(left);
      final TradingDay day = trade.nextDay(count);
      final long start = System.nanoTime();
      server.target().openLoop(day, 0, count, rate, new OkReplies(), latencies);
      nanos += System.nanoTime() - start;
    }
    trade.verify();
    return new OpenRun(latencies, requests * NANOS_PER_SECOND / nanos);
  }

  private Histogram echoed(int rate, long requests) throws IOException {
    return server.aside(() -> echo.openLoop(rate, requests));
  }

  private static Row barred(
      String name,
      List<Histogram> served,
      List<Histogram> echoed,
      ToDoubleFunction<Histogram> figure) {
    final double limit = row("echo", echoed, figure).value();
    return row(name, served, figure)
        .withLimit(limit)
        .withBar(Bar.atMost(OPEN_BAR * limit))
        .withNote(
            "from when an order was due, after "
                + OPEN_WARM_UPS
                + " such runs of warm-up; the limit is the bare echo's at that rate");
  }

  private static Row floored(
      String name,
      List<Histogram> served,
      List<Histogram> floor,
      ToDoubleFunction<Histogram> figure) {
    return row(name, served, figure)
        .withLimit(row("floor", floor, figure).value())
        .withNote("the limit is the machine's own jitter at such due times");
  }

  /** Rates from low to beyond what can be kept; one run of half a second each, or of one day. */
  Result sweep() throws IOException {
    final List<Plot.Point> p50 = new ArrayList<>();
    final List<Plot.Point> p99 = new ArrayList<>();
    final List<Plot.Point> echo50 = new ArrayList<>();
    final List<Plot.Point> echo99 = new ArrayList<>();
    final AchievedRates achieved = new AchievedRates();
    for (final int rate : SWEEP) {
      final int sweep = rate / SWEEPS_A_SECOND;
      final int requests = settings.seconds() == 0 ? ofADay(sweep) : sweep;
      final OpenRun run = openOrders(rate, requests);
      final Histogram served = run.latencies();
      final Histogram bare = echoed(rate, requests);
      achieved.add(rate, run.perSecond());
      p50.add(new Plot.Point(rate, p50(served)));
      p99.add(new Plot.Point(rate, p99(served)));
      echo50.add(new Plot.Point(rate, p50(bare)));
      echo99.add(new Plot.Point(rate, p99(bare)));
      settings.say(
          "sweep: %,d orders/s offered, %,.0f answered, p50 %.1f us p99 %.1f us,"
              + " echo %.1f and %.1f us",
          rate, run.perSecond(), p50(served), p99(served), p50(bare), p99(bare));
    }
    return new Result(
        List.of(),
        List.of(
            Plot.of(
                    "Latency against rate",
                    Plot.Axis.logarithmic("orders/s offered"),
                    Plot.Axis.logarithmic("us"),
                    List.of(
                        new Plot.Curve("order p50", p50),
                        new Plot.Curve("order p99", p99),
                        new Plot.Curve("bare echo p50", echo50),
                        new Plot.Curve("bare echo p99", echo99)))
                .withSpans(achieved.saturated())
                .withCaption(achieved.caption())));
  }

  private static Histogram sum(List<Histogram> histograms) {
    final Histogram sum = new Histogram(3);
    histograms.forEach(sum::add);
    return sum;
  }

  private static Row row(String name, List<Histogram> runs, ToDoubleFunction<Histogram> figure) {
    return Row.of(name, "us", runs.stream().mapToDouble(figure).toArray());
  }

  private static double p50(Histogram histogram) {
    return histogram.getValueAtPercentile(MEDIAN) / NANOS_PER_MICRO;
  }

  private static double p99(Histogram histogram) {
    return histogram.getValueAtPercentile(P99) / NANOS_PER_MICRO;
  }

  private static double p999(Histogram histogram) {
    return histogram.getValueAtPercentile(P999) / NANOS_PER_MICRO;
  }

  private static double most(Histogram histogram) {
    return histogram.getMaxValue() / NANOS_PER_MICRO;
  }
}
