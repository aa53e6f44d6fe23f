package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.BareMemory;
import dev.verdant.bench.limit.JitterFloor;
import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.OkReplies;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Median;
import dev.verdant.bench.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The ledger in process beside the bare memory traffic of its orders, the two in alternation; the
 * longest stall while it grows; a release when it is full.
 */
public final class LedgerAlone {
  private static final int COHORTS = 40;
  private static final int FEW_REQUESTS = 10_000;
  private static final int JITTER_RATE = 1_000_000;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLION = 1e6;
  private static final long BARE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Settings settings;
  private final String suffix;

  /**
   * Prepares.
   *
   * @param suffix of the names of the rows, which tells the number of members.
   */
  public LedgerAlone(Settings settings, String suffix) {
    this.settings = settings;
    this.suffix = suffix;
  }

  /**
   * Orders a second, beside the bare memory traffic, and a release at that size.
   *
   * @param name of the row.
   * @param bar orders a second, at least.
   * @param leastRatio to the bare memory traffic, 0 for none.
   */
  public Result throughput(String name, double bar, double leastRatio) {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, settings.profile(), settings.requestsADay());
        BareMemory memory =
            new BareMemory(
                settings.members(), settings.profile().merchants(), 2 * settings.requestsADay())) {
      trade.open();
      final ClosedLoop loop = new ClosedLoop(settings, trade, name);
      final List<Double> bare = new ArrayList<>();
      loop.warmUp();
      memory.ordersPerSecond(BARE_NANOS);
      for (int run = 0; run < settings.runs(); run++) {
        loop.measure();
        bare.add(memory.ordersPerSecond(BARE_NANOS));
        settings.say("%s: bare memory %.2f M orders/s", name, bare.get(run) / MILLION);
      }
      final double limit = Median.of(bare);
      final Row row =
          loop.row()
              .withLimit(limit)
              .withBar(Bar.atLeast(Math.max(bar, leastRatio * limit)))
              .withNote("encoding excluded; the limit is the bare memory traffic of a plain order");
      return new Result(List.of(row, release(trade)), List.of(loop.plot()));
    }
  }

  private Row release(Trade trade) {
    final int requests = Math.min(FEW_REQUESTS, settings.requestsADay());
    for (int day = 0; day < COHORTS; day++) {
      trade.tradeADay(requests, new Timeline());
    }
    final double[] millis = new double[settings.runs()];
    for (int run = 0; run < settings.runs(); run++) {
      trade.tradeADay(requests, new Timeline());
      millis[run] = trade.releaseNanos() / NANOS_PER_MILLI;
    }
    trade.verify();
    return Row.of("release-" + suffix, "ms", millis)
        .withNote("opens a period and pays " + COHORTS + " cohorts");
  }

  /**
   * The longest time of one command while the accounts are opened from none to all.
   *
   * @param barMillis the longest allowed.
   */
  public Row growth(double barMillis) {
    final double[] stalls = new double[settings.runs()];
    final double[] floors = new double[settings.runs()];
    for (int run = 0; run < settings.runs(); run++) {
      try (InProcessTarget target = new InProcessTarget();
          Trade trade = new Trade(target, settings.profile(), 1)) {
        final long start = System.nanoTime();
        final OkReplies replies = new OkReplies();
        target.runWatched(trade.openings(), 0, trade.population().accounts(), replies);
        trade.expectCommands(replies.count());
        trade.verify();
        stalls[run] = target.takeLongestNanos() / NANOS_PER_MILLI;
        final long nanos = System.nanoTime() - start;
        floors[run] = JitterFloor.measure(JITTER_RATE, nanos).getMaxValue() / NANOS_PER_MILLI;
        settings.say("growth: run %d %.2f ms, floor %.2f ms", run + 1, stalls[run], floors[run]);
      }
    }
    return Row.of("growth-stall", "ms", stalls)
        .withLimit(Row.of("floor", "ms", floors).value())
        .withBar(Bar.atMost(barMillis))
        .withNote(
            "the longest command; the limit is the longest pause of a thread that only reads"
                + " the clock for as long");
  }
}
