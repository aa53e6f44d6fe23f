package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Part;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The whole campaign: every row with its limits and peers, side by side in one run. What is costly
 * to set up serves several rows: one server all latencies, one large ledger its growth, throughput,
 * release and memory.
 */
public final class Compare {
  /** Runs of each measurement in small. */
  public static final int QUICK_RUNS = 1;

  /** {@linkplain Settings#seconds Seconds} of a run in small. */
  public static final int QUICK_SECONDS = 0;

  private static final int QUICK_SMALL = 5_000;
  private static final int QUICK_REQUESTS = 2_000;
  private static final int QUICK_LARGE = 20_000;
  private static final int QUICK_TRANSACTIONS = 30_000;
  private static final int SMALL = 1_000_000;
  private static final int LARGE = 21_000_000;
  private static final int LOTS = 8;
  private static final int TRANSACTIONS = 30_000_000;
  private static final int GARBAGE_SECONDS = 60;
  private static final double LEDGER_SMALL_BAR = 3.0e6;
  private static final double LEDGER_LARGE_BAR = 2.0e6;
  private static final double LEDGER_LARGE_RATIO = 0.65;
  private static final double WRITTEN_BAR = 2.0e6;
  private static final double WRITTEN_LARGE_BAR = 1.3e6;
  private static final double SYNCED_BAR = 1.2e6;
  private static final double RELEASE_BAR_MILLIS = 1;

  /** Times a release with few members, which is the same as far as so short a time can be told. */
  private static final double RELEASE_OF_FEW_BAR = 1.5;

  private static final double MEMORY_BAR_GIB = 12;
  private static final double HEAP_BAR_MIB = 512;
  private static final double MINUTES_BAR = 15;
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final Settings small;
  private final Settings large;
  private final boolean quick;
  private final Optional<Path> peerModules;
  private final PartClock clock = new PartClock();
  private Result result = Result.NONE;

  /**
   * Prepares.
   *
   * @param settings runs, seconds, connections, window and directories of all measurements; what
   *     the rows' names tell, size, trade and durability, is not taken from it.
   * @param quick small sizes, short runs and no bars: whether it all works, not how fast.
   * @param peerModules directory of the peers' Maven modules; none to leave the peers out.
   */
  public Compare(Settings settings, boolean quick, Optional<Path> peerModules) {
    this.quick = quick;
    this.peerModules = peerModules;
    this.small = sized(settings, quick ? QUICK_SMALL : SMALL);
    this.large = sized(settings, quick ? QUICK_LARGE : LARGE);
  }

  private Settings sized(Settings settings, int members) {
    final Settings sized =
        settings.copy().members(members).uniform(false).durability(Durability.WRITTEN);
    return (quick
            ? sized.runs(QUICK_RUNS).seconds(QUICK_SECONDS).requestsADay(QUICK_REQUESTS)
            : sized)
        .conclude();
  }

  /**
   * Measures everything; the last row tells how long that took.
   *
   * @throws IncompleteException with the parts that were finished, if one of them fails.
   */
  public Result measure() {
    try {
      measureAll();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw new IncompleteException(found(), e);
    }
    result = result.and(Result.of(minutes()));
    return found();
  }

  /**
   * From the start of the JVM, so that nothing is left out of what a user waits for but a build.
   */
  private static Row minutes() {
    final double millis = ManagementFactory.getRuntimeMXBean().getUptime();
    return Row.of("campaign-minutes", "min", millis / MILLIS_PER_MINUTE)
        .withBar(Bar.atMost(MINUTES_BAR))
        .withNote("from the start of the command to its last row; no build is in it");
  }

  /** In small nothing has a bar: it is about another size and length of runs. */
  private Result found() {
    final Result told = result.withRows(Row::tellingOneRun);
    return quick ? told.withRows(Row::withoutBar) : told;
  }

  private void measureAll() throws IOException {
    part("ledger alone, 1 million", this::ledgerAlone);
    overTcp();
    if (peerModules.isPresent()) {
      part("exchange-core", () -> new ExchangeCore(small, peerModules.get()).measure());
    }
    largeLedger();
  }

  /** One part of the campaign. */
  @FunctionalInterface
  private interface Measurement {
    Result measure() throws IOException;
  }

  private void part(String name, Measurement measurement) throws IOException {
    small.say("== %s", name);
    final PartClock started = new PartClock();
    final Result found = measurement.measure();
    final Part part = started.part(name);
    result = result.and(found, part);
    small.say("== %s: %.0f s, %.0f s in all", name, part.seconds(), clock.seconds());
  }

  private Result ledgerAlone() throws IOException {
    try (LedgerAlone ledger = new LedgerAlone(small).open()) {
      return ledger
          .throughput("ledger-1m-skewed")
          .withRow("ledger-1m-skewed", row -> row.withBar(Bar.atLeast(LEDGER_SMALL_BAR)))
          .and(ledger.release("release-1m"));
    }
  }

  private void overTcp() throws IOException {
    try (EchoUnderLoad echo = EchoUnderLoad.start(small)) {
      if (peerModules.isPresent()) {
        small.say("== PostgreSQL: opening its accounts");
        final PartClock started = new PartClock();
        try (Postgres postgres = Postgres.start(small, peerModules.get())) {
          result = result.and(Result.NONE, started.part("PostgreSQL ready"));
          smallServers(echo, Optional.of(postgres));
        }
      } else {
        smallServers(echo, Optional.empty());
      }
      part("server, written, 21 million", () -> largeServer(echo));
    }
  }

  private void smallServers(EchoUnderLoad echo, Optional<Postgres> postgres) throws IOException {
    written(echo, postgres);
    final Settings synced = small.copy().durability(Durability.SYNCED);
    synced.requestsADay(small.requestsADay()).conclude();
    part(
        "server, synced, and PostgreSQL",
        () -> {
          try (ServerUnderLoad server = ServerUnderLoad.start(synced, "tcp-synced-1m")) {
            return throughput(synced, server, echo, postgres, "tcp-synced-1m", SYNCED_BAR);
          }
        });
  }

  /** One server for throughput, latencies, garbage, and the bytes that it journals an order. */
  private void written(EchoUnderLoad echo, Optional<Postgres> postgres) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(small, "tcp-written-1m")) {
      part(
          "server, written, and PostgreSQL",
          () -> throughput(small, server, echo, postgres, "tcp-written-1m", WRITTEN_BAR));
      final Latency latency = new Latency(small, server, echo);
      part("latencies", () -> latency.lone().and(latency.open()).and(latency.sweep()));
      part("garbage", () -> Garbage.of(small, server, quick ? 0 : GARBAGE_SECONDS));
      part("journal", () -> Recovery.ofADay(small, server));
    }
  }

  private static Result throughput(
      Settings settings,
      ServerUnderLoad server,
      EchoUnderLoad echo,
      Optional<Postgres> postgres,
      String name,
      double bar)
      throws IOException {
    final boolean synced = settings.durability() == Durability.SYNCED;
    try (OverTcp tcp = OverTcp.start(settings, server, echo, name)) {
      if (postgres.isPresent()) {
        postgres.get().join(tcp.runs(), server, synced);
      }
      final Result ours = tcp.measure().withRow(name, row -> row.withBar(Bar.atLeast(bar)));
      return postgres.map(peer -> ours.and(peer.result(tcp.runs(), synced, name))).orElse(ours);
    }
  }

  private Result largeServer(EchoUnderLoad echo) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(large, "tcp-written-21m")) {
      return throughput(
          large, server, echo, Optional.empty(), "tcp-written-21m", WRITTEN_LARGE_BAR);
    }
  }

  /** The last of the ledgers that have grown serves on. */
  private void largeLedger() throws IOException {
    final Settings uniform = large.copy().uniform(true);
    uniform.requestsADay(large.requestsADay()).conclude();
    final Growth growth = new Growth(uniform);
    part(
        "growth to 21 million, without memory reserved",
        () -> {
          growth.runUnreserved();
          return Result.NONE;
        });
    part(
        "growth to 21 million, with it, all runs but the last",
        () -> {
          for (int run = 1; run < uniform.runs(); run++) {
            growth.runReserved().close();
          }
          return Result.NONE;
        });
    final PartClock started = new PartClock();
    try (LedgerAlone ledger = growth.runReserved()) {
      result = result.and(growth.result(), started.part("growth to 21 million, last"));
      part("ledger alone, 21 million", () -> uniformTrade(ledger));
      part(
          "memory, 21 million",
          () ->
              ledger
                  .memory("memory-21m", LOTS, quick ? QUICK_TRANSACTIONS : TRANSACTIONS)
                  .withRow("memory-21m", row -> row.withBar(Bar.atMost(MEMORY_BAR_GIB)))
                  .withRow("memory-21m-heap", row -> row.withBar(Bar.atMost(HEAP_BAR_MIB))));
    }
  }

  private Result uniformTrade(LedgerAlone ledger) throws IOException {
    final double releaseOfFew = result.row("release-1m").value();
    return ledger
        .throughput("ledger-21m-uniform")
        .withRow("ledger-21m-uniform", Compare::barredByMemory)
        .and(ledger.release("release-21m"))
        .withRow(
            "release-21m",
            row ->
                row.withLimit(releaseOfFew)
                    .withBar(
                        Bar.atMost(Math.min(RELEASE_BAR_MILLIS, RELEASE_OF_FEW_BAR * releaseOfFew)))
                    .withNote(row.note() + "; the limit is the same with 1 million members"));
  }

  private static Row barredByMemory(Row row) {
    final double share = LEDGER_LARGE_RATIO * row.limit().orElseThrow();
    return row.withBar(Bar.atLeast(Math.max(LEDGER_LARGE_BAR, share)));
  }
}
