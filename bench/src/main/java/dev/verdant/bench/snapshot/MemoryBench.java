package dev.verdant.bench.snapshot;

import dev.verdant.bench.load.Expectation;
import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.LedgerFill;
import dev.verdant.bench.load.ProcessMemory;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a large ledger takes: members with lots and remembered transactions are made by commands,
 * then a snapshot goes to disk while orders flow and the process's memory is watched; then the
 * ledger is closed, made again from the snapshot, and its books are checked.
 *
 * <p>Run it with {@code ops/bin/verdant bench memory}; it takes some ten minutes, 12 GiB of memory
 * and as much of the disk.
 */
public final class MemoryBench {
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BATCH = 32;
  private static final double MOST_GIB = 12;
  private static final double MOST_HEAP_MIB = 512;
  private static final double MOST_LOAD_SECONDS = 60;

  private final MemorySettings settings;
  private final List<Row> rows = new ArrayList<>();

  private MemoryBench(MemorySettings settings) {
    this.settings = settings;
  }

  /**
   * Measures.
   *
   * @param settings concluded.
   * @throws IncompleteException with what was finished, if something fails: by a {@link
   *     dev.verdant.bench.load.WrongResultException} if the ledger answered or booked something
   *     else than it must, by a {@link java.util.concurrent.CompletionException} if the snapshot
   *     could not be written.
   */
  public static Result run(MemorySettings settings) {
    final MemoryBench bench = new MemoryBench(settings);
    try {
      bench.measure();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw new IncompleteException(bench.found(), e);
    }
    return bench.found();
  }

  private Result found() {
    return new Result(rows, List.of());
  }

  private void measure() throws IOException {
    final Written written;
    try (UniformTrade trade =
        new UniformTrade(new Ledger(settings.boundBytes()), settings.members())) {
      fill(trade);
      written = writeWhileOrdersFlow(trade);
    }
    addTables(written.stored());
    load(written);
  }

  /** A snapshot and what it must show. */
  private record Written(StoredSnapshot stored, Expectation expectation) {}

  private void fill(UniformTrade trade) {
    settings.say("opening %,d accounts", settings.members());
    trade.open();
    final LedgerFill fill = trade.fill(settings.transactions());
    for (int lot = 1; lot <= settings.lots(); lot++) {
      fill.addLot();
      settings.say("lot %d of %d", lot, settings.lots());
    }
    fill.rememberAll();
    trade.verify();
  }

  private Written writeWhileOrdersFlow(UniformTrade trade) throws IOException {
    add(
        "memory.off-heap",
        "MiB",
        trade.ledger().allocatedBytes() / MIB,
        "all tables and indexes, before the snapshot");
    final Expectation expectation = trade.expectation();
    final DiskSnapshot disk =
        DiskSnapshot.start(trade.ledger().openSnapshot(), settings.directory());
    final Pace second = Pace.of(TimeUnit.SECONDS.toNanos(1), settings.rate(), BATCH);
    final long ordersBefore = trade.orders();
    long residentBytes = 0;
    long heapBytes = 0;
    long keptBytes = 0;
    try (BatchWriter writer = new BatchWriter(trade, BatchKeeper.none(), BATCH)) {
      do {
        second.run(writer, BesideOrders.NOTHING);
        residentBytes = Math.max(residentBytes, ProcessMemory.residentBytes());
        heapBytes = Math.max(heapBytes, ProcessMemory.heapBytes());
        keptBytes = Math.max(keptBytes, trade.ledger().keptForSnapshotsBytes());
      } while (!disk.hasEnded());
    }
    final StoredSnapshot stored = disk.stored();
    trade.verify();
    final Row resident = Row.of("memory.resident", "GiB", residentBytes / GIB);
    rows.add(settings.isFullSize() ? resident.withBar(Bar.atMost(MOST_GIB)) : resident);
    add("memory.heap.used", "MiB", heapBytes / MIB);
    final Row heap = Row.of("memory.heap.most", "MiB", ProcessMemory.heapBoundBytes() / MIB);
    rows.add(settings.isFullSize() ? heap.withBar(Bar.atMost(MOST_HEAP_MIB)) : heap);
    add("memory.kept-for-snapshot", "MiB", keptBytes / MIB);
    add(
        "snapshot.write.seconds",
        "s",
        disk.nanos() / NANOS_PER_SECOND,
        (trade.orders() - ordersBefore) + " orders meanwhile");
    add("snapshot.write.rate", "MiB/s", stored.bytes() / MIB / (disk.nanos() / NANOS_PER_SECOND));
    return new Written(stored, expectation);
  }

  private void addTables(StoredSnapshot stored) throws IOException {
    try (Stream<Path> parts = Files.list(stored.path())) {
      for (final Path part : parts.sorted().toList()) {
        add("memory.table." + part.getFileName(), "MiB", Files.size(part) / MIB);
      }
    }
  }

  /** Loads the snapshot now that the ledger is gone, and checks that it is what was written. */
  private void load(Written written) {
    settings.say("loading %,.0f MiB", written.stored().bytes() / MIB);
    final long start = System.nanoTime();
    try (InProcessTarget loaded = new InProcessTarget(written.stored().load())) {
      final double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      written.expectation().verify(loaded);
      final Row row = Row.of("snapshot.load.seconds", "s", seconds);
      rows.add(settings.isFullSize() ? row.withBar(Bar.atMost(MOST_LOAD_SECONDS)) : row);
    }
  }

  private void add(String name, String unit, double value) {
    rows.add(Row.of(name, unit, value));
  }

  private void add(String name, String unit, double value, String note) {
    rows.add(Row.of(name, unit, value).withNote(note));
  }
}
