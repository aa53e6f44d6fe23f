package dev.verdant.ops.demo;

import dev.verdant.client.result.PoolsQueryResult;
import dev.verdant.client.result.TrialBalanceResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the demo shows at its end, as tables. */
final class DemoReport {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  private final PrintWriter out;

  DemoReport(PrintWriter out) {
    this.out = out;
  }

  void throughput(long commands, long nanos) {
    out.printf(
        Locale.ROOT,
        "%nthroughput  %,d commands in %.2f s, %,d a second, one connection, window of 256%n",
        commands,
        nanos / 1e9,
        (long) (commands * 1e9 / nanos));
  }

  void latency(Histogram nanos) {
    out.printf(Locale.ROOT, "%nlatency from send to answer, under that load (microseconds)%n");
    for (double percentile : PERCENTILES) {
      out.printf(
          Locale.ROOT,
          "  p%-5s %,12d%n",
          text(percentile),
          micros(nanos.getValueAtPercentile(percentile)));
    }
    out.printf(Locale.ROOT, "  %-6s %,12d%n", "max", micros(nanos.getMaxValue()));
  }

  void orders(DemoTally tally) {
    out.printf(Locale.ROOT, "%norders      %s%n", tally.orders());
    out.printf(
        Locale.ROOT,
        "            %,d cents in force, %,d of them paid with coupons%n",
        tally.amountFen(),
        tally.couponFen());
    out.printf(
        Locale.ROOT,
        "releases    %d periods opened, %,d cents of coupons released%n",
        tally.periods(),
        tally.releasedFen());
  }

  void pools(PoolsQueryResult pools) {
    out.printf(Locale.ROOT, "%n%6s %8s %16s %16s%n", "pool", "period", "value", "issued");
    for (PoolsQueryResult.Pool pool : pools.pools()) {
      out.printf(
          Locale.ROOT,
          "%6d %8d %,16d %,16d%n",
          pool.pool(),
          pool.period(),
          pool.valueCp(),
          pool.issuedCp());
    }
  }

  void trialBalance(TrialBalanceResult balance) {
    out.printf(Locale.ROOT, "%n%-8s %-20s %18s%n", "asset", "account", "amount");
    for (TrialBalanceResult.Entry entry : balance.entries()) {
      out.printf(Locale.ROOT, "%-8s %-20s %,18d%n", entry.asset(), entry.account(), entry.amount());
    }
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private static String text(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }
}
