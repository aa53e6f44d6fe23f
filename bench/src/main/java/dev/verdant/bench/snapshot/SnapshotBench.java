package dev.verdant.bench.snapshot;

import dev.verdant.bench.load.LedgerFill;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Plot;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.ledger.Ledger;
import dev.verdant.thread.ThreadPriority;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What snapshots cost the writer. Compares, in one run of the bench: the machine's own jitter (the
 * same pacing with nothing to do, the other processor idle or busy), the writer without and with
 * snapshots back to back, read in full and written to disk in turn, on the ledger's memory alone
 * and with the journal on the same disk; both at saturation; and a bound that no snapshot can keep
 * to, by a reader who tries again at once and by one who waits a moment.
 *
 * <p>Run it with {@code ops/bin/verdant bench snapshot}. The bars are judged at 5 million members,
 * 300,000 orders a second, 5 runs of 10 seconds and more; leave the machine to it.
 */
public final class SnapshotBench {
  private static final double MIB = 1 << 20;

  private final SnapshotSettings settings;
  private final List<Row> rows = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();

  private SnapshotBench(SnapshotSettings settings) {
    this.settings = settings;
  }

  /**
   * Measures.
   *
   * @param settings concluded.
   * @throws IncompleteException with what was finished, if something fails: by a {@link
   *     dev.verdant.bench.load.WrongResultException} if the ledger answered or booked something
   *     else than it must.
   */
  public static Result run(SnapshotSettings settings) {
    final SnapshotBench bench = new SnapshotBench(settings);
    // The writer is this thread, so it gets what an engine gives its ledger thread.
    ThreadPriority.LEDGER.assume();
    try {
      bench.measureJitter();
      bench.measureSnapshots();
      bench.measureSmallBound();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw new IncompleteException(bench.found(), e);
    } finally {
      ThreadPriority.NORMAL.assume();
    }
    return bench.found();
  }

  private Result found() {
    return new Result(rows, plots);
  }

  private void measureJitter() {
    final List<Latencies> alone = new ArrayList<>();
    final List<Latencies> busy = new ArrayList<>();
    for (int run = 0; run < settings.runs(); run++) {
      alone.add(paceNothing(BesideOrders.NOTHING));
      try (BusyThread beside = BusyThread.start()) {
        busy.add(paceNothing(beside));
      }
    }
    addJitter("jitter", alone, "the same pacing with nothing to do");
    addJitter("jitter.busy", busy, "and another thread that spins: both processors busy");
  }

  private Latencies paceNothing(BesideOrders beside) {
    return settings.pace().run(() -> {}, beside);
  }

  private void addJitter(String name, List<Latencies> runs, String note) {
    rows.add(Row.of(name + ".p99.9", "us", Latencies.micros(runs, 99.9)).withNote(note));
    rows.add(Row.of(name + ".max", "us", Latencies.micros(runs, 100)));
  }

  private void measureSnapshots() throws IOException {
    try (UniformTrade trade = prepare(settings.boundBytes())) {
      final SnapshotUse disk = SnapshotUse.write(settings.directory().resolve("snapshots"));
      final BatchKeeper.Factory journals =
          () -> DiskJournal.create(settings.directory().resolve("journal"));
      final Comparison memory =
          new Comparison(
              settings, "snapshot.memory", trade, BatchKeeper::none, SnapshotUse.READ, disk);
      add(memory.run());
      addKept(memory);
      rows.addAll(
          new Saturation(settings, "saturation.memory", trade, BatchKeeper::none, disk).rows());
      add(
          new Comparison(settings, "snapshot.journal", trade, journals, SnapshotUse.READ, disk)
              .run());
      rows.addAll(new Saturation(settings, "saturation.journal", trade, journals, disk).rows());
    }
  }

  private void add(Comparison comparison) {
    rows.addAll(comparison.rows());
    plots.add(comparison.plot());
  }

  private void addKept(Comparison memory) {
    rows.add(
        Row.of("snapshot.memory.kept", "MiB", memory.mostKeptBytes() / MIB)
            .withBar(Bar.atMost(settings.boundBytes() / MIB))
            .withNote(
                memory.taken()
                    + " snapshots used to the end, "
                    + memory.abandoned()
                    + " given up"));
  }

  private void measureSmallBound() throws IOException {
    try (UniformTrade trade = prepare(settings.smallBoundBytes())) {
      addGivenUp("snapshot.small-bound", small("snapshot.small-bound", trade));
      addGivenUp(
          "snapshot.small-bound-rests",
          small("snapshot.small-bound-rests", trade)
              .restAfterGivenUp(settings.restNanos())
              .inShortRuns());
    }
  }

  private Comparison small(String name, UniformTrade trade) {
    return new Comparison(settings, name, trade, BatchKeeper::none, SnapshotUse.READ)
        .withThoseGivenUp();
  }

  private void addGivenUp(String name, Comparison small) throws IOException {
    add(small.run());
    final Row abandoned =
        Row.of(name + ".given-up", "snapshots", (double) small.abandoned())
            .withNote("each with CutAbandonedException; " + small.taken() + " used to the end");
    rows.add(settings.isFullSize() ? abandoned.withBar(Bar.atLeast(1)) : abandoned);
  }

  private UniformTrade prepare(long boundBytes) {
    settings.say("opening %,d accounts with %d lots each", settings.members(), settings.lots());
    final UniformTrade trade = new UniformTrade(new Ledger(boundBytes), settings.members());
    trade.open();
    final LedgerFill fill = trade.fill(Integer.MAX_VALUE);
    for (int lot = 0; lot < settings.lots(); lot++) {
      fill.addLot();
    }
    settings.say("off heap: %,.0f MiB", trade.ledger().allocatedBytes() / MIB);
    return trade;
  }
}
