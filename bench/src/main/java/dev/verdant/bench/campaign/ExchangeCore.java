package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Balance adjustments of exchange-core, ten to an order, in turn with orders of ours, both in
 * process. It forces each write of its journal, so beside that stands an engine that acknowledges
 * what is forced; beside it without a journal one that acknowledges what is written.
 */
final class ExchangeCore {
  private static final String MAIN = "dev.verdant.bench.peers.exchange.ExchangeCorePeer";
  private static final String SYNCED = "engine-in-process-synced";
  private static final String WRITTEN = "engine-in-process-written";
  private static final String JOURNALED = "exchange-core-journal";
  private static final String BARE = "exchange-core-bare";
  private static final String WITH_JOURNAL = "journal";
  private static final String WITHOUT = "none";
  private static final double BAR = 1.5;

  private final Settings settings;
  private final Path module;

  /**
   * Prepares.
   *
   * @param settings of the campaign; the runs here are half as long, as four take turns.
   * @param modules directory of the peers' Maven modules, which have been packaged.
   */
  ExchangeCore(Settings settings, Path modules) {
    this.settings =
        settings
            .copy()
            .seconds((settings.seconds() + 1) / 2)
            .requestsADay(settings.requestsADay())
            .conclude();
    this.module = modules.resolve("exchange-core");
  }

  /** Measures, each at its best wait strategy. */
  Result measure() throws IOException {
    final String journalWait = bestWait(WITH_JOURNAL);
    final String bareWait = bestWait(WITHOUT);
    try (EngineUnderLoad synced = EngineUnderLoad.launch(settings, Durability.SYNCED);
        EngineUnderLoad written = EngineUnderLoad.launch(settings, Durability.WRITTEN);
        Peer journaled = start(journalWait, WITH_JOURNAL);
        Peer bare = start(bareWait, WITHOUT)) {
      final Alternation runs =
          new Alternation(settings)
              .with(SYNCED, new ClosedLoop(settings, synced.trade(), SYNCED))
              .with(JOURNALED, () -> run(journaled))
              .with(WRITTEN, new ClosedLoop(settings, written.trade(), WRITTEN))
              .with(BARE, () -> run(bare));
      runs.run();
      return result(runs, journalWait, bareWait);
    }
  }

  private static Result result(Alternation runs, String journalWait, String bareWait) {
    return Result.of(
        runs.row(SYNCED).withNote("ring, journal (synced), ledger, replies; no socket"),
        runs.row(JOURNALED)
            .withNote("ten balance adjustments an order, each write forced, " + journalWait),
        runs.row(WRITTEN).withNote("ring, journal (written), ledger, replies; no socket"),
        runs.row(BARE).withNote("ten balance adjustments an order, no journal, " + bareWait),
        runs.times("vs-exchange-core", SYNCED, JOURNALED)
            .withBar(Bar.atLeast(BAR))
            .withNote(
                "both acknowledge what is forced to disk; the same parties and amounts; its ten"
                    + " adjustments are ten commands, each by itself and without the checks of an"
                    + " order; its state is on heap, its journal without checksums"),
        runs.times("vs-exchange-core-bare", WRITTEN, BARE)
            .withNote(
                "exchange-core keeps no journal here, ours does all the same, in the memory map"
                    + " and not forced"));
  }

  private String bestWait(String journal) throws IOException {
    return Trials.best(
        settings,
        journal.equals(WITH_JOURNAL) ? JOURNALED : BARE,
        List.of("BLOCKING", "YIELDING"),
        wait -> {
          try (Peer peer = start(wait, journal)) {
            run(peer); // warms up
            return run(peer);
          }
        });
  }

  private double run(Peer peer) throws IOException {
    return peer.run("adjust " + settings.peerMillis());
  }

  private Peer start(String wait, String journal) throws IOException {
    return Peer.start(
        module,
        MAIN,
        List.of(Integer.toString(settings.members()), wait, journal),
        settings.workDirectory().resolve("exchange-core-" + journal + "-" + wait),
        settings.peerMillis());
  }
}
