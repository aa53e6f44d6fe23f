package dev.verdant.bench.campaign;

import dev.verdant.bench.load.EngineTarget;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.IoUtil;

/** PostgreSQL and exchange-core beside Verdant, each in a process of its own. */
public final class Peers {
  private static final String POSTGRES_MAIN = "dev.verdant.bench.peers.postgres.PostgresPeer";
  private static final String EXCHANGE_MAIN = "dev.verdant.bench.peers.exchange.ExchangeCorePeer";
  private static final Map<Boolean, String> POSTGRES_NAMES =
      Map.of(true, "vs-postgres-synced", false, "vs-postgres-written");
  private static final double POSTGRES_WRITTEN_BAR = 60;
  private static final double POSTGRES_SYNCED_BAR = 40;
  private static final double EXCHANGE_BAR = 1.5;
  private static final long QUICK_MILLIS = 300;
  private static final long MILLIS_PER_SECOND = 1000;

  private final Settings settings;
  private final Path modules;

  /**
   * Prepares.
   *
   * @param modules directory of the peers' Maven modules, which have been packaged.
   */
  public Peers(Settings settings, Path modules) {
    this.settings = settings;
    this.modules = modules;
  }

  private String leastMillis() {
    return Long.toString(Math.max(QUICK_MILLIS, settings.seconds() * MILLIS_PER_SECOND));
  }

  /** Starts PostgreSQL with the accounts in it; close it after the last {@link #postgres}. */
  Peer startPostgres() throws IOException {
    settings.say("postgres: starting");
    return Peer.start(
        modules.resolve("postgres"),
        POSTGRES_MAIN,
        List.of(
            Integer.toString(settings.members()),
            leastMillis(),
            settings.workDirectory().resolve("postgres").toString()),
        settings.workDirectory().resolve("postgres.log"));
  }

  /**
   * Orders in PostgreSQL as one call each and in batches, and how many times ours the better is.
   *
   * @param ours the runs of ours.
   */
  Result postgres(Peer postgres, boolean synchronousCommit, Row ours) throws IOException {
    final String commit = synchronousCommit ? "on" : "off";
    final List<Double> calls = new ArrayList<>();
    final List<Double> batches = new ArrayList<>();
    postgres.run("call " + commit);
    postgres.run("batch " + commit);
    for (int run = 0; run < settings.runs(); run++) {
      calls.add(postgres.run("call " + commit));
      batches.add(postgres.run("batch " + commit));
      settings.say(
          "postgres, commit %s: %,.0f orders/s by call, %,.0f by batch",
          commit, calls.get(run), batches.get(run));
    }
    final String mode = synchronousCommit ? "synced" : "written";
    final Row call = row("postgres-" + mode + "-call", calls);
    final Row batch = row("postgres-" + mode + "-batch", batches);
    final Row best = call.value() > batch.value() ? call : batch;
    return Result.of(
        call.withNote("4 connections, prepared, one PL/pgSQL call an order"),
        batch.withNote("4 connections, 500 orders a call, set by set"),
        ratio(POSTGRES_NAMES.get(synchronousCommit), ours, best)
            .withBar(Bar.atLeast(synchronousCommit ? POSTGRES_SYNCED_BAR : POSTGRES_WRITTEN_BAR))
            .withNote(
                best.name()
                    + " is its best form; it answers no changed balances, spends no coupons,"
                    + " refunds and releases nothing; ours does all of it, over TCP"));
  }

  /**
   * Balance adjustments of exchange-core with its journal, ten to an order, beside orders of ours
   * with our journal, both in process.
   */
  public Result exchangeCore() throws IOException {
    final String wait = bestWait();
    final Path directory = Files.createTempDirectory(settings.workDirectory(), "engine-");
    final List<Double> journaled = new ArrayList<>();
    final List<Double> bare = new ArrayList<>();
    try (EngineTarget target = EngineTarget.launch(directory);
        Trade trade = new Trade(target, settings.profile(), settings.requestsADay());
        Peer withJournal = startExchange(wait, "journal");
        Peer without = startExchange(wait, "none")) {
      trade.open();
      final ClosedLoop loop = new ClosedLoop(settings, trade, "engine-in-process");
      loop.warmUp();
      withJournal.run("warm-up");
      without.run("warm-up");
      for (int run = 0; run < settings.runs(); run++) {
        loop.measure();
        journaled.add(withJournal.run("adjust"));
        bare.add(without.run("adjust"));
        settings.say(
            "exchange-core: %,.0f orders/s with its journal, %,.0f without",
            journaled.get(run), bare.get(run));
      }
      final Row theirs = row("exchange-core-journal", journaled);
      return Result.of(
          loop.row().withNote("ring, journal (written), ledger, replies; no socket"),
          theirs.withNote("ten balance adjustments an order, " + wait),
          row("exchange-core-bare", bare).withNote("the same without its journal"),
          ratio("vs-exchange-core", loop.row(), theirs)
              .withBar(Bar.atLeast(EXCHANGE_BAR))
              .withNote(
                  "its ten adjustments are ten commands, each by itself and without the checks of"
                      + " an order; its state is on heap, its journal without checksums"));
    } finally {
      IoUtil.delete(directory.toFile(), true);
    }
  }

  private String bestWait() throws IOException {
    String best = "";
    double most = 0;
    for (final String wait : List.of("BLOCKING", "YIELDING")) {
      try (Peer peer = startExchange(wait, "journal")) {
        peer.run("warm-up");
        final double rate = peer.run("adjust");
        settings.say("exchange-core: %,.0f orders/s with %s", rate, wait);
        if (rate > most) {
          most = rate;
          best = wait;
        }
      }
    }
    return best;
  }

  private Peer startExchange(String wait, String journal) throws IOException {
    final Path directory = Files.createTempDirectory(settings.workDirectory(), "exchange-");
    return Peer.start(
        modules.resolve("exchange-core"),
        EXCHANGE_MAIN,
        List.of(
            Integer.toString(settings.members()),
            leastMillis(),
            wait,
            journal,
            directory.toString()),
        settings.workDirectory().resolve("exchange-core.log"));
  }

  private static Row row(String name, List<Double> runs) {
    return Row.of(name, "orders/s", runs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Row ratio(String name, Row ours, Row theirs) {
    final double[] ratios = new double[theirs.runs().size()];
    for (int run = 0; run < ratios.length; run++) {
      ratios[run] = ours.runs().get(run) / theirs.runs().get(run);
    }
    return Row.of(name, "times", ratios);
  }
}
