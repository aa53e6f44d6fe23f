package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL with the same accounts and orders, in a process of its own. */
final class Postgres implements AutoCloseable {
  private static final String MAIN = "dev.verdant.bench.peers.postgres.PostgresPeer";
  private static final List<String> FORMS = List.of("call", "batch");
  private static final List<Integer> CONNECTIONS = List.of(1, 2, 4);
  private static final double WRITTEN_BAR = 60;
  private static final double SYNCED_BAR = 40;

  private final Settings settings;
  private final Peer peer;
  private final Map<String, Integer> connections = new HashMap<>();

  private Postgres(Settings settings, Peer peer) {
    this.settings = settings;
    this.peer = peer;
  }

  /**
   * Starts it, the accounts in it, and warms it up, so that no trial is its first run.
   *
   * @param modules directory of the peers' Maven modules, which have been packaged.
   */
  static Postgres start(Settings settings, Path modules) throws IOException {
    final Postgres postgres =
        new Postgres(
            settings,
            Peer.start(
                modules.resolve("postgres"),
                MAIN,
                List.of(Integer.toString(settings.members())),
                settings.workDirectory().resolve("postgres"),
                settings.peerMillis()));
    try {
      for (final String form : FORMS) {
        postgres.trial(false, form, CONNECTIONS.get(CONNECTIONS.size() - 1));
      }
      return postgres;
    } catch (IOException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /**
   * Lets it run in turn with a server: an order a call, and in batches, each over as many
   * connections as it does best with in trials made now.
   */
  void join(Alternation runs, ServerUnderLoad server, boolean synced) throws IOException {
    for (final String form : FORMS) {
      final String row = row(synced, form);
      final int best =
          Trials.best(
              settings, row, CONNECTIONS, count -> server.aside(() -> trial(synced, form, count)));
      connections.put(row, best);
      runs.with(row, () -> server.aside(() -> run(synced, form, best, settings.peerMillis())));
    }
  }

  private double trial(boolean synced, String form, int count) throws IOException {
    return run(synced, form, count, settings.peerMillis() / 2);
  }

  private double run(boolean synced, String form, int count, long millis) throws IOException {
    return peer.run(String.join(" ", form, synced ? "on" : "off", count + "", millis + ""));
  }

  /** How it did, and how many times its better form ours is. */
  Result result(Alternation runs, boolean synced, String ours) {
    final Row call = runs.row(row(synced, "call"));
    final Row batch = runs.row(row(synced, "batch"));
    final Row best = call.value() > batch.value() ? call : batch;
    return Result.of(
        call.withNote(connections(call) + ", prepared, one PL/pgSQL call an order"),
        batch.withNote(connections(batch) + ", 500 orders a call, set by set"),
        runs.times("vs-postgres-" + mode(synced), ours, best.name())
            .withBar(Bar.atLeast(synced ? SYNCED_BAR : WRITTEN_BAR))
            .withNote(
                best.name()
                    + " is its best form; it answers no changed balances, spends no coupons,"
                    + " refunds and releases nothing; ours does all of it, over TCP, and counts its"
                    + " refunds, 3 % of its requests, as orders"));
  }

  private String connections(Row row) {
    final int count = connections.get(row.name());
    return count + (count == 1 ? " connection" : " connections") + " (best of 1, 2 and 4)";
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
