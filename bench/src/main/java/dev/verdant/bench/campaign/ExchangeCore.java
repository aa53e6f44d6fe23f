package dev.verdant.bench.campaign;

import dev.verdant.bench.load.EngineTarget;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;

/**
 * Balance adjustments of exchange-core with its journal, ten to an order, in turn with orders of
 * ours with our journal, both in process.
 */
final class ExchangeCore {
  private static final String MAIN = "dev.verdant.bench.peers.exchange.ExchangeCorePeer";
  private static final String OURS = "engine-in-process";
  private static final String JOURNALED = "exchange-core-journal";
  private static final String BARE = "exchange-core-bare";
  private static final double BAR = 1.5;

  private final Settings settings;
  private final Path module;

  /**
   * Prepares.
   *
   * @param modules directory of the peers' Maven modules, which have been packaged.
   */
  ExchangeCore(Settings settings, Path modules) {
    this.settings = settings;
    this.module = modules.resolve("exchange-core");
  }

  /** Measures, each at its best wait strategy. */
  Result measure() throws IOException {
    final String wait = bestWait();
    final Path directory = Files.createTempDirectory(settings.workDirectory(), "engine-");
    try (EngineTarget target = EngineTarget.launch(directory);
        Trade trade = new Trade(target, settings.profile(), settings.requestsADay());
        Peer journaled = start(wait, "journal");
        Peer bare = start(wait, "none")) {
      trade.open();
      final Alternation runs =
          new Alternation(settings)
              .with(OURS, new ClosedLoop(settings, trade, OURS))
              .with(JOURNALED, () -> journaled.run("adjust"))
              .with(BARE, () -> bare.run("adjust"));
      runs.run();
      return Result.of(
          runs.row(OURS).withNote("ring, journal (written), ledger, replies; no socket"),
          runs.row(JOURNALED).withNote("ten balance adjustments an order, " + wait),
          runs.row(BARE).withNote("the same without its journal"),
          runs.times("vs-exchange-core", OURS, JOURNALED)
              .withBar(Bar.atLeast(BAR))
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
      try (Peer peer = start(wait, "journal")) {
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

  private Peer start(String wait, String journal) throws IOException {
    return Peer.start(
        module,
        MAIN,
        List.of(
            Integer.toString(settings.members()),
            Long.toString(settings.peerMillis()),
            wait,
            journal),
        settings.workDirectory().resolve("exchange-core-" + journal + "-" + wait));
  }
}
