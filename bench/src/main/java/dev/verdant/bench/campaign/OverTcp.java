package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.BareJournal;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Median;
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
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * A server's throughput over TCP beside its two limits, a bare echo and a bare journal, the three
 * in alternation.
 */
final class OverTcp implements AutoCloseable {
  private static final double MILLION = 1e6;
  private static final long BARE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int WRITTEN_BATCH = 1024;

  private final Settings settings;
  private final EchoUnderLoad echo;
  private final Path journalDirectory;
  private final BareJournal journal;
  private final List<Double> echoed = new ArrayList<>();
  private final List<Double> appended = new ArrayList<>();

  private OverTcp(
      Settings settings, EchoUnderLoad echo, Path journalDirectory, BareJournal journal) {
    this.settings = settings;
    this.echo = echo;
    this.journalDirectory = journalDirectory;
    this.journal = journal;
  }

  static OverTcp start(Settings settings, EchoUnderLoad echo) throws IOException {
    final Path directory = Files.createTempDirectory(settings.workDirectory(), "bare-journal-");
    try (TradingDay day = new TradingDay(new Population(Profile.uniform(1)), WRITTEN_BATCH)) {
      day.next();
      return new OverTcp(
          settings,
          echo,
          directory,
          new BareJournal(directory, settings.durability(), day, WRITTEN_BATCH));
    }
  }

  /** Measures a server that has been opened; its connections and settings are the echo's. */
  Result measure(ServerUnderLoad server, String name, double bar) {
    final ClosedLoop loop = new ClosedLoop(settings, server.trade(), name);
    loop.warmUp();
    echo.throughput(0);
    journal.ordersPerSecond(BARE_NANOS);
    for (int run = 0; run < settings.runs(); run++) {
      loop.measure();
      echoed.add(echo.throughput(1));
      appended.add(journal.ordersPerSecond(BARE_NANOS));
      settings.say(
          "%s: echo %.2f, journal %.2f M/s",
          name, echoed.get(run) / MILLION, appended.get(run) / MILLION);
    }
    final double echoLimit = Median.of(echoed);
    final double journalLimit = Median.of(appended);
    final String journalName =
        settings.durability() == Durability.SYNCED
            ? "limit-journal-synced-of-" + name
            : "limit-journal-written-of-" + name;
    return new Result(
        List.of(
            loop.row()
                .withLimit(Math.min(echoLimit, journalLimit))
                .withBar(Bar.atLeast(bar))
                .withNote(
                    "the limit is the bare "
                        + (echoLimit < journalLimit ? "echo" : "journal append")
                        + " of the same bytes"),
            row("limit-echo-of-" + name, echoed),
            row(journalName, appended).withNote("batches of " + WRITTEN_BATCH + " orders")),
        List.of(loop.plot()));
  }

  private static Row row(String name, List<Double> runs) {
    return Row.of(name, "orders/s", runs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public void close() throws IOException {
    journal.close();
    IoUtil.delete(journalDirectory.toFile(), true);
  }
}
