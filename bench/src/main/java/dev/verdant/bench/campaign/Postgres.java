package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL with the same accounts and orders, in a process of its own. */
final class Postgres implements AutoCloseable {
  private static final String MAIN = "dev.verdant.bench.peers.postgres.PostgresPeer";
  private static final double WRITTEN_BAR = 60;
  private static final double SYNCED_BAR = 40;

  private final Peer peer;

  private Postgres(Peer peer) {
    this.peer = peer;
  }

  /**
   * Starts it, the accounts in it.
   *
   * @param modules directory of the peers' Maven modules, which have been packaged.
   */
  static Postgres start(Settings settings, Path modules) throws IOException {
    return new Postgres(
        Peer.start(
            modules.resolve("postgres"),
            MAIN,
            List.of(Integer.toString(settings.members()), Long.toString(settings.peerMillis())),
            settings.workDirectory().resolve("postgres")));
  }

  /** Lets it run in turn with a server: an order a call, and in batches. */
  void join(Alternation runs, boolean synced) {
    for (final String form : List.of("call", "batch")) {
      runs.with(row(synced, form), () -> peer.run(form + (synced ? " on" : " off")));
    }
  }

  /** How it did, and how many times its better form ours is. */
  Result result(Alternation runs, boolean synced, String ours) {
    final Row call = runs.row(row(synced, "call"));
    final Row batch = runs.row(row(synced, "batch"));
    final Row best = call.value() > batch.value() ? call : batch;
    return Result.of(
        call.withNote("4 connections, prepared, one PL/pgSQL call an order"),
        batch.withNote("4 connections, 500 orders a call, set by set"),
        runs.times("vs-postgres-" + mode(synced), ours, best.name())
            .withBar(Bar.atLeast(synced ? SYNCED_BAR : WRITTEN_BAR))
            .withNote(
                best.name()
                    + " is its best form; it answers no changed balances, spends no coupons,"
                    + " refunds and releases nothing; ours does all of it, over TCP, and counts its"
                    + " refunds, 3 % of its requests, as orders"));
  }

  private static String row(boolean synced, String form) {
    return "postgres-" + mode(synced) + "-" + form;
  }

  private static String mode(boolean synced) {
    return synced ? "synced" : "written";
  }

  @Override
  public void close() {
    peer.close();
  }
}
