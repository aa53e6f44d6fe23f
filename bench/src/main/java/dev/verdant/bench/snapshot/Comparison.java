package dev.verdant.bench.snapshot;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Median;
import dev.verdant.bench.report.Plot;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The writer's latency without snapshots and with snapshots back to back, in alternating runs of
 * the same ledger at the same rate. Each run is a day of its own; the books are checked after each.
 */
final class Comparison {
  private static final double[] PERCENTILES = {50, 99, 99.9, 100};

  /** From here on a percentile's difference has a bar. */
  private static final double BARRED_FROM = 99.9;

  private static final double BAR_MICROS = 1000;

  private final SnapshotSettings settings;
  private final String name;
  private final UniformTrade trade;
  private final BatchKeeper.Factory keepers;
  private final List<SnapshotUse> uses;
  private boolean ofGivenUp;
  private long restNanos;
  private int runs;
  private Pace pace;
  private final List<Latencies> without = new ArrayList<>();
  private final List<Latencies> with = new ArrayList<>();
  private List<Plot.Span> lastSpans = List.of();
  private long taken;
  private long abandoned;
  private long mostKeptBytes;

  /** Runs beside snapshots of which none was what they are to be beside. */
  private int besideNone;

  Comparison(
      SnapshotSettings settings,
      String name,
      UniformTrade trade,
      BatchKeeper.Factory keepers,
      SnapshotUse... uses) {
    this.settings = settings;
    this.name = name;
    this.trade = trade;
    this.keepers = keepers;
    this.uses = List.of(uses);
    runs = settings.runs();
    pace = settings.pace();
  }

  /**
   * Makes the runs shorter and as many more: where snapshots come many to a second, so that what
   * they cost is in every run, and what the machine does now and then is in few.
   */
  Comparison inShortRuns() {
    runs = settings.shortRuns();
    pace = settings.shortPace();
    return this;
  }

  /** Compares with snapshots that are given up; else with those that are used to the end. */
  Comparison withThoseGivenUp() {
    ofGivenUp = true;
    return this;
  }

  /** Rests after a snapshot that was given up, before the next is asked for; none by default. */
  Comparison restAfterGivenUp(long nanos) {
    restNanos = nanos;
    return this;
  }

  /** One run of each side for the start, uncounted, then all runs, each side first in turn. */
  Comparison run() throws IOException {
    runWithout();
    runWith();
    taken = 0;
    abandoned = 0;
    mostKeptBytes = 0;
    besideNone = 0;
    for (int run = 0; run < runs; run++) {
      if (run % 2 == 0) {
        without.add(runWithout());
        with.add(runWith());
      } else {
        with.add(runWith());
        without.add(runWithout());
      }
      settings.say(
          "%s: run %d, p99.9 %.0f us without snapshots, %.0f us with; most %.0f us, %.0f us",
          name,
          run + 1,
          without.get(run).micros(BARRED_FROM),
          with.get(run).micros(BARRED_FROM),
          without.get(run).micros(100),
          with.get(run).micros(100));
    }
    return this;
  }

  private Latencies runWithout() throws IOException {
    return day(BesideOrders.NOTHING);
  }

  private Latencies runWith() throws IOException {
    final Latencies latencies;
    final BackToBack snapshots = BackToBack.start(trade.ledger(), uses, restNanos);
    try (snapshots) {
      latencies = day(snapshots);
    }
    taken += snapshots.taken();
    abandoned += snapshots.abandoned();
    mostKeptBytes = Math.max(mostKeptBytes, snapshots.mostKeptBytes());
    besideNone += (ofGivenUp ? snapshots.abandoned() : snapshots.taken()) == 0 ? 1 : 0;
    lastSpans = snapshots.spans();
    return latencies;
  }

  private Latencies day(BesideOrders beside) throws IOException {
    final Latencies latencies;
    trade.nextDay();
    try (BatchKeeper keeper = keepers.open();
        BatchWriter writer = new BatchWriter(trade, keeper, settings.batch())) {
      latencies = pace.run(writer, beside);
    }
    trade.verify();
    return latencies;
  }

  /** Both sides by percentile, and what lies between them. */
  List<Row> rows() {
    final List<Row> rows = new ArrayList<>();
    for (final double percentile : PERCENTILES) {
      final String which = percentile == 100 ? "max" : "p" + text(percentile);
      final double[] bare = Latencies.micros(without, percentile);
      final double[] beside = Latencies.micros(with, percentile);
      rows.add(Row.of(name + "." + which + ".without", "us", bare));
      rows.add(
          Row.of(name + "." + which + ".with", "us", beside)
              .withLimit(Median.of(rows.get(rows.size() - 1).runs())));
      if (percentile >= BARRED_FROM) {
        final double[] differences = new double[bare.length];
        for (int i = 0; i < bare.length; i++) {
          differences[i] = beside[i] - bare[i];
        }
        final Row row =
            Row.of(name + "." + which + ".difference", "us", differences).withNote(untold());
        rows.add(settings.isFullSize() ? barred(row, Bar.atMost(BAR_MICROS), haveCompared()) : row);
      }
    }
    return rows;
  }

  /**
   * A row with its bar. Where runs have not compared what they are to compare, one that holds would
   * say nothing, and is left out; one that is missed stays.
   */
  static Row barred(Row row, Bar bar, boolean haveCompared) {
    final Row barred = row.withBar(bar);
    return haveCompared || barred.holds().equals(Optional.of(false)) ? barred : row;
  }

  /** One that falls behind beside snapshots alone is what their cost is. */
  private boolean haveCompared() {
    return besideNone == 0 && without.stream().noneMatch(Latencies::fellBehind);
  }

  /** Says so where there is nothing to compare, or to compare with; empty otherwise. */
  private String untold() {
    return Stream.of(behind(), besideNone(besideNone, without.size(), ofGivenUp))
        .filter(note -> !note.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Empty where in all runs a snapshot was used to the end, or given up. */
  static String besideNone(int none, int of, boolean givenUp) {
    return none == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "in %d of %d runs no snapshot was %s",
            none,
            of,
            givenUp ? "given up" : "used to the end");
  }

  private String behind() {
    final long bare = without.stream().filter(Latencies::fellBehind).count();
    final long beside = with.stream().filter(Latencies::fellBehind).count();
    return bare + beside == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "of %d runs each, %d without and %d with snapshots fell behind the rate for good",
            without.size(),
            bare,
            beside);
  }

  private static String text(double percentile) {
    return percentile == Math.rint(percentile)
        ? String.format(Locale.ROOT, "%.0f", percentile)
        : String.format(Locale.ROOT, "%.1f", percentile);
  }

  /** Snapshots that were used to the end. */
  long taken() {
    return taken;
  }

  /** Snapshots that were given up. */
  long abandoned() {
    return abandoned;
  }

  /** Most bytes that were kept for snapshots. */
  long mostKeptBytes() {
    return mostKeptBytes;
  }

  /** The last run of each side over time, snapshots marked. */
  Plot plot() {
    return Plot.of(
            name + ": worst latency of a batch in each 20 ms; snapshots shaded",
            Plot.Axis.linear("s"),
            Plot.Axis.logarithmic("us"),
            List.of(
                with.get(with.size() - 1).curve("with snapshots"),
                without.get(without.size() - 1).curve("without")))
        .withSpans(lastSpans);
  }
}
