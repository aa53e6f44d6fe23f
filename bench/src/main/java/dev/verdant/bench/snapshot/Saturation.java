package dev.verdant.bench.snapshot;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Orders a second as fast as the writer goes, without snapshots and while snapshots are written to
 * disk back to back, in alternating runs.
 */
final class Saturation {
  private static final double LEAST_SHARE = 0.7;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SnapshotSettings settings;
  private final String name;
  private final UniformTrade trade;
  private final BatchKeeper.Factory keepers;
  private final SnapshotUse use;

  /** Processor time of an order in the last run, in nanoseconds. */
  private double cpuNanos;

  /** Runs beside snapshots of which none was used to the end. */
  private int besideNone;

  Saturation(
      SnapshotSettings settings,
      String name,
      UniformTrade trade,
      BatchKeeper.Factory keepers,
      SnapshotUse use) {
    this.settings = settings;
    this.name = name;
    this.trade = trade;
    this.keepers = keepers;
    this.use = use;
  }

  /** Measures both sides. */
  List<Row> rows() throws IOException {
    final double[] without = new double[settings.runs()];
    final double[] with = new double[settings.runs()];
    final double[] shares = new double[settings.runs()];
    final double[] cpuWithout = new double[settings.runs()];
    final double[] cpuWith = new double[settings.runs()];
    for (int run = 0; run < settings.runs(); run++) {
      final boolean withFirst = run % 2 != 0;
      if (withFirst) {
        with[run] = withSnapshots();
        cpuWith[run] = cpuNanos;
      }
      without[run] = ordersPerSecond(BesideOrders.NOTHING);
      cpuWithout[run] = cpuNanos;
      if (!withFirst) {
        with[run] = withSnapshots();
        cpuWith[run] = cpuNanos;
      }
      shares[run] = with[run] / without[run];
      settings.say(
          "%s: run %d, %.0f orders/s without snapshots, %.0f with",
          name, run + 1, without[run], with[run]);
    }
    final Row bare = Row.of(name + ".without", "orders/s", without);
    final Row cpuBare = Row.of(name + ".cpu.without", "ns/order", cpuWithout);
    final Row share =
        Row.of(name + ".share", "of 1", shares)
            .withNote(Comparison.besideNone(besideNone, settings.runs(), false));
    return List.of(
        bare,
        Row.of(name + ".with", "orders/s", with).withLimit(bare.value()),
        settings.isFullSize()
            ? Comparison.barred(share, Bar.atLeast(LEAST_SHARE), besideNone == 0)
            : share,
        cpuBare.withNote("processor time of the writer's thread: what other load changes least"),
        Row.of(name + ".cpu.with", "ns/order", cpuWith).withLimit(cpuBare.value()));
  }

  private double withSnapshots() throws IOException {
    final double rate;
    final BackToBack snapshots = BackToBack.start(trade.ledger(), List.of(use), 0);
    try (snapshots) {
      rate = ordersPerSecond(snapshots);
    }
    besideNone += snapshots.taken() == 0 ? 1 : 0;
    return rate;
  }

  private double ordersPerSecond(BesideOrders beside) throws IOException {
    trade.nextDay();
    final long before = trade.orders();
    final long least = settings.runNanos();
    long nanos;
    try (BatchKeeper keeper = keepers.open();
        BatchWriter writer = new BatchWriter(trade, keeper, settings.batch())) {
      final long cpuBefore = THREADS.getCurrentThreadCpuTime();
      final long start = System.nanoTime();
      beside.startsAt(start);
      do {
        beside.betweenBatches();
        writer.run();
        nanos = System.nanoTime() - start;
      } while (nanos < least);
      cpuNanos =
          (THREADS.getCurrentThreadCpuTime() - cpuBefore) / (double) (trade.orders() - before);
    }
    trade.verify();
    return (trade.orders() - before) * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }
}
