package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger's longest stall while accounts are opened from none to all, beside how late a thread
 * was at worst that naps and looks at the clock in the same time: without memory reserved before,
 * and with it, as a server does that knows its size ({@code --memory-reserve-mib}).
 */
public final class Growth {
  private static final int WARM_UP_MEMBERS = 200_000;
  private static final double BAR_MILLIS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * More than growth takes of memory for an account: its record, its part of an index that is about
   * to double, of both an eighth for cuts.
   */
  private static final long RESERVED_BYTES_AN_ACCOUNT = 256;

  /** More than the first segments of all tables take. */
  private static final long RESERVED_BYTES = 64 << 20;

  private final Settings settings;
  private final Runs reserved = new Runs("growth-stall-reserved");
  private final Runs unreserved = new Runs("growth-stall");

  /** The longest stalls of a row's runs, and of the thread beside them. */
  private record Runs(String name, List<Double> writer, List<Double> floor) {
    Runs(String name) {
      this(name, new ArrayList<>(), new ArrayList<>());
    }

    Row row(String how) {
      return Row.of(name, "ms", writer)
          .withLimit(Row.of("floor", "ms", floor).value())
          .withBar(Bar.atMost(BAR_MILLIS))
          .withNote(
              "the longest command, "
                  + how
                  + "; the limit is how late a thread that naps was at worst in the same time");
    }
  }

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
    growth.runUnreserved();
    for (int run = 0; run < settings.runs(); run++) {
      growth.runReserved().close();
    }
    return growth.result();
  }

  /**
   * All runs without memory reserved. They come first: what a ledger with it gives back may stay
   * with the process, ready to be used by the next.
   */
  void runUnreserved() {
    for (int run = 0; run < settings.runs(); run++) {
      try (LedgerAlone ledger = new LedgerAlone(settings)) {
        grow(ledger, unreserved);
      }
    }
  }

  /** One run with memory reserved; returns the ledger that has grown, to be closed. */
  LedgerAlone runReserved() {
    final LedgerAlone ledger = new LedgerAlone(settings);
    ledger.reserve(RESERVED_BYTES + RESERVED_BYTES_AN_ACCOUNT * ledger.accounts());
    grow(ledger, reserved);
    return ledger;
  }

  private void grow(LedgerAlone ledger, Runs runs) {
    final LedgerAlone.Stalls longest = ledger.grow();
    final double writer = longest.writerNanos() / NANOS_PER_MILLI;
    final double floor = longest.floorNanos() / NANOS_PER_MILLI;
    runs.writer.add(writer);
    runs.floor.add(floor);
    settings.say(
        "%s: run %d longest %.2f ms, floor %.2f ms", runs.name, runs.writer.size(), writer, floor);
  }

  /** All runs. */
  Result result() {
    return Result.of(
        unreserved.row("memory found as it is needed, by the thread that needs it"),
        reserved.row("memory reserved before, as serve --memory-reserve-mib does"));
  }
}
