package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.BareJournal;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/**
 * A server's throughput over TCP, in turn with its limits, a bare echo and a bare journal, and with
 * whatever peers are added. The bare journal appends batches, and forces as many of them together,
 * as the server has just done.
 */
final class OverTcp implements AutoCloseable {
  private final ServerUnderLoad server;
  private final String name;
  private final ClosedLoop loop;
  private final long limitNanos;
  private final Alternation runs;
  private final Path journalDirectory;
  private final List<BareJournal> journals = new ArrayList<>();
  private final List<String> journalRows = new ArrayList<>();
  private final List<JournalUse> uses = new ArrayList<>();

  private OverTcp(Settings settings, ServerUnderLoad server, String name, Path journalDirectory) {
    this.server = server;
    this.name = name;
    this.journalDirectory = journalDirectory;
    this.loop = new ClosedLoop(settings, server.trade(), name);
    this.runs = new Alternation(settings);
    this.limitNanos = settings.limitNanos();
  }

  /** Prepares; the echo gets the server's window, and has as many connections. */
  static OverTcp start(Settings settings, ServerUnderLoad server, EchoUnderLoad echo, String name)
      throws IOException {
    final Path directory = Files.createTempDirectory(settings.workDirectory(), "bare-journal-");
    final OverTcp tcp = new OverTcp(settings, server, name, directory);
    echo.beLike(server);
    tcp.runs
        .with(name, tcp::served)
        .with(tcp.echoRow(), () -> server.aside(() -> echo.throughput(tcp.limitNanos)));
    if (settings.durability() == Durability.SYNCED) {
      tcp.addJournal(Durability.SYNCED);
    }
    tcp.addJournal(Durability.WRITTEN);
    return tcp;
  }

  private void addJournal(Durability durability) throws IOException {
    final boolean synced = durability == Durability.SYNCED;
    final BareJournal journal;
    try (TradingDay day =
        new TradingDay(new Population(Profile.uniform(1)), BareJournal.MOST_ORDERS)) {
      day.next();
      journal =
          new BareJournal(
              journalDirectory.resolve(durability.name()),
              durability,
              day,
              BareJournal.MOST_ORDERS);
    }
    journals.add(journal);
    journalRows.add("limit-journal-" + (synced ? "synced" : "written") + "-of-" + name);
    runs.with(
        journalRows.get(journalRows.size() - 1),
        () -> {
          final JournalUse use = uses.get(uses.size() - 1);
          return server.aside(
              () ->
                  journal.ordersPerSecond(
                      limitNanos / 2, use.ordersABatch(), synced ? use.forcesABatch() : 0));
        });
  }

  /** The rounds, for peers to be added and asked for. */
  Alternation runs() {
    return runs;
  }

  private double served() throws IOException {
    final JournalUse before = server.journalUse();
    final double rate = loop.run();
    uses.add(server.journalUse().since(before));
    return rate;
  }

  private String echoRow() {
    return "limit-echo-of-" + name;
  }

  /** Measures all. */
  Result measure() throws IOException {
    loop.warmUp();
    runs.run();
    final Row echo = runs.row(echoRow());
    final Row journal = runs.row(journalRows.get(0));
    final JournalUse use = uses.get(uses.size() - 1);
    final boolean echoBounds = echo.value() < journal.value();
    final List<Row> rows = new ArrayList<>();
    rows.add(
        runs.row(name)
            .withLimit(Math.min(echo.value(), journal.value()))
            .withNote(
                "the limit is the bare "
                    + (echoBounds ? "echo" : "journal append")
                    + " of the same bytes"));
    rows.add(echo);
    for (final String row : journalRows) {
      rows.add(
          runs.row(row)
              .withNote(
                  String.format(
                      "batches and forces as the server's: in the last run %.0f orders a batch,"
                          + " %.0f forces a million orders",
                      use.ordersABatch(), 1e6 * use.forcesABatch() / use.ordersABatch())));
    }
    return new Result(rows, List.of(loop.plot()));
  }

  @Override
  public void close() {
    CloseHelper.closeAll(journals);
    IoUtil.delete(journalDirectory.toFile(), true);
  }
}
