package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger's longest stall while accounts are opened from none to all, beside how late a thread
 * was at worst that naps and looks at the clock in the same time.
 */
public final class Growth {
  private static final int WARM_UP_MEMBERS = 200_000;
  private static final double BAR_MILLIS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Settings settings;
  private final List<Double> stalls = new ArrayList<>();
  private final List<Double> floors = new ArrayList<>();

  /** Prepares, and has the code compiled by growing a small ledger. */
  Growth(Settings settings) {
    this.settings = settings;
    final int few = Math.min(WARM_UP_MEMBERS, settings.members());
    try (LedgerAlone small = new LedgerAlone(settings.copy().members(few).conclude())) {
      small.grow();
    }
  }

  /** Measures all runs. */
  public static Result measure(Settings settings) {
    final Growth growth = new Growth(settings);
    for (int run = 0; run < settings.runs(); run++) {
      growth.run().close();
    }
    return Result.of(growth.row());
  }

  /** One run; returns the ledger that has grown, to be closed. */
  LedgerAlone run() {
    final LedgerAlone ledger = new LedgerAlone(settings);
    final LedgerAlone.Stalls longest = ledger.grow();
    stalls.add(longest.writerNanos() / NANOS_PER_MILLI);
    floors.add(longest.floorNanos() / NANOS_PER_MILLI);
    settings.say(
        "growth: run %d longest %.2f ms, floor %.2f ms",
        stalls.size(), stalls.get(stalls.size() - 1), floors.get(floors.size() - 1));
    return ledger;
  }

  /** All runs. */
  Row row() {
    return Row.of("growth-stall", "ms", stalls)
        .withLimit(Row.of("floor", "ms", floors).value())
        .withBar(Bar.atMost(BAR_MILLIS))
        .withNote(
            "the longest command; the limit is how late a thread that naps was at worst in the same"
                + " time");
  }
}
