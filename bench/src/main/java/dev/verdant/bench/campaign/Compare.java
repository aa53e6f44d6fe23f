package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Row;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole campaign: every row with its limits and peers, side by side in one run. What is costly
 * to set up serves several rows.
 */
public final class Compare {
  private static final int QUICK_SMALL = 5_000;
  private static final int QUICK_REQUESTS = 2_000;
  private static final int QUICK_LARGE = 20_000;
  private static final int LARGE = 21_000_000;
  private static final int GARBAGE_SECONDS = 60;
  private static final double LEDGER_SMALL_BAR = 3.0e6;
  private static final double LEDGER_LARGE_BAR = 2.0e6;
  private static final double LEDGER_LARGE_RATIO = 0.65;
  private static final double WRITTEN_BAR = 2.0e6;
  private static final double WRITTEN_LARGE_BAR = 1.3e6;
  private static final double SYNCED_BAR = 1.2e6;
  private static final double RELEASE_BAR_MILLIS = 1;
  private static final double STALL_BAR_MILLIS = 5;

  private final Settings small;
  private final Settings large;
  private final boolean quick;
  private final Optional<Path> peerModules;
  private Result result = new Result(List.of(), List.of());

  /**
   * Prepares.
   *
   * @param settings runs, seconds, connections, window and directories of all measurements.
   * @param quick small sizes, short runs and no bars: whether it all works, not how fast.
   * @param peerModules directory of the peers' Maven modules; none to leave the peers out.
   */
  public Compare(Settings settings, boolean quick, Optional<Path> peerModules) {
    this.quick = quick;
    this.peerModules = peerModules;
    this.small = sized(settings, quick ? QUICK_SMALL : settings.members());
    this.large = sized(settings, quick ? QUICK_LARGE : LARGE);
  }

  private Settings sized(Settings settings, int members) {
    final Settings sized = settings.copy().members(members);
    return (quick ? sized.runs(1).seconds(0).requestsADay(QUICK_REQUESTS) : sized).conclude();
  }

  /**
   * Measures everything.
   *
   * @throws IOException if a server or peer does not start.
   */
  public Result measure() throws IOException {
    ledgerAlone();
    overTcp();
    if (peerModules.isPresent()) {
      add(new Peers(small, peerModules.get()).exchangeCore());
    }
    large();
    return quick ? withoutBars(result) : result;
  }

  private void add(Result more) {
    result = result.and(more);
  }

  private void ledgerAlone() {
    add(new LedgerAlone(small, "1m").throughput("ledger-1m-skewed", LEDGER_SMALL_BAR, 0));
    final Settings uniform =
        large.copy().uniform(true).requestsADay(large.requestsADay()).conclude();
    final LedgerAlone alone = new LedgerAlone(uniform, "21m");
    add(Result.of(alone.growth(STALL_BAR_MILLIS)));
    final Result found =
        alone.throughput("ledger-21m-uniform", LEDGER_LARGE_BAR, LEDGER_LARGE_RATIO);
    final double release = row("release-1m").value();
    final List<Row> rows = new ArrayList<>();
    for (final Row row : found.rows()) {
      rows.add(
          row.name().equals("release-21m")
              ? row.withLimit(release)
                  .withBar(Bar.atMost(RELEASE_BAR_MILLIS))
                  .withNote(row.note() + "; the limit is the same with 1 million members")
              : row);
    }
    add(new Result(rows, found.plots()));
  }

  private Row row(String name) {
    return result.rows().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private void overTcp() throws IOException {
    try (EchoUnderLoad echo = EchoUnderLoad.start(small)) {
      if (peerModules.isPresent()) {
        final Peers peers = new Peers(small, peerModules.get());
        try (Peer postgres = peers.startPostgres()) {
          written(echo);
          add(peers.postgres(postgres, false, row("tcp-written-1m")));
          synced(echo);
          add(peers.postgres(postgres, true, row("tcp-synced-1m")));
        }
      } else {
        written(echo);
        synced(echo);
      }
    }
  }

  /** One server for throughput, latencies, garbage, and the recovery of what it leaves. */
  private void written(EchoUnderLoad echo) throws IOException {
    final ServerUnderLoad server = ServerUnderLoad.start(small, "tcp-written-1m");
    try (OverTcp tcp = OverTcp.start(small, echo)) {
      add(tcp.measure(server, "tcp-written-1m", WRITTEN_BAR));
      final Latency latency = new Latency(small, server, echo);
      add(latency.lone());
      add(latency.open());
      add(latency.sweep());
      add(Garbage.of(small, server, quick ? 0 : GARBAGE_SECONDS));
    } finally {
      server.kill();
    }
    add(Recovery.of(small, server.data(), server.trade().population().accounts()));
  }

  private void synced(EchoUnderLoad echo) throws IOException {
    final Settings settings =
        small.copy().durability(Durability.SYNCED).requestsADay(small.requestsADay()).conclude();
    try (ServerUnderLoad server = ServerUnderLoad.start(settings, "tcp-synced-1m");
        OverTcp tcp = OverTcp.start(settings, echo)) {
      add(tcp.measure(server, "tcp-synced-1m", SYNCED_BAR));
    }
  }

  private void large() throws IOException {
    try (EchoUnderLoad echo = EchoUnderLoad.start(small);
        ServerUnderLoad server = ServerUnderLoad.start(large, "tcp-written-21m");
        OverTcp tcp = OverTcp.start(large, echo)) {
      add(tcp.measure(server, "tcp-written-21m", WRITTEN_LARGE_BAR));
    }
  }

  private static Result withoutBars(Result result) {
    return new Result(
        result.rows().stream()
            .map(
                row ->
                    new Row(
                        row.name(),
                        row.unit(),
                        row.runs(),
                        row.limit(),
                        Optional.empty(),
                        row.note()))
            .toList(),
        result.plots());
  }
}
