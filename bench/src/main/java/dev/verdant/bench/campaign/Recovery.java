package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.JournalOptions;
import dev.verdant.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a start after a kill takes, from a snapshot of the opened accounts and a journal of the
 * trade since; and what the journal holds for an order.
 */
public final class Recovery {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MOST_BYTES_AN_ORDER = 96;
  private static final double LEAST_REPLAY = 1.5e6;
  private static final double MOST_START_SECONDS = 15;

  private Recovery() {}

  /**
   * Opens the accounts on a server, has it take a snapshot, trades, and kills it; then starts
   * another on its directory and waits for its first answer.
   *
   * @throws IOException if the server does not start, or the directory cannot be read.
   */
  public static Result measure(Settings settings) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(settings, "recovery")) {
      trade(server, settings.runs());
      final double seconds = ServerUnderLoad.secondsToFirstAnswer(settings, server.data());
      settings.say("recovery: first answer after %.1f s", seconds);
      return Result.of(
              Row.of("recovery-start", "s", seconds)
                  .withBar(Bar.atMost(MOST_START_SECONDS))
                  .withNote("a process on that directory, to its first answer"))
          .and(recover(settings, server.data()))
          .withRow("recovery-replay", row -> row.withBar(Bar.atLeast(LEAST_REPLAY)));
    }
  }

  /** What the journal holds of one more day of a server under load, which is killed then. */
  static Result ofADay(Settings settings, ServerUnderLoad server) throws IOException {
    trade(server, 1);
    return recover(settings, server.data());
  }

  private static void trade(ServerUnderLoad server, int days) {
    server.takeSnapshot();
    for (int day = 0; day < days; day++) {
      server.trade().tradeADay(new Timeline());
    }
    server.trade().verify();
    server.kill();
  }

  private static Result recover(Settings settings, Path data) throws IOException {
    try (DataDirectory directory =
        DataDirectory.open(data, new JournalOptions().conclude(), settings.durability())) {
      final RecoveryReport report = directory.recovery();
      settings.say(
          "recovery: %,d commands in %.1f s",
          report.commands(), report.durationNanos() / NANOS_PER_SECOND);
      return Result.of(
          Row.of("recovery", "s", report.durationNanos() / NANOS_PER_SECOND)
              .withNote(
                  String.format("snapshot of %,d commands loaded", report.snapshotSequence())),
          Row.of(
                  "recovery-replay",
                  "commands/s",
                  report.replayed() * NANOS_PER_SECOND / report.replayNanos())
              .withNote(String.format("%,d commands replayed", report.replayed())),
          Row.of("journal-bytes", "bytes/order", report.bytes() / (double) report.replayed())
              .withBar(Bar.atMost(MOST_BYTES_AN_ORDER))
              .withNote("headers of the batches included, as they came under load"));
    }
  }
}
