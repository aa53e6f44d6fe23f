package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Expectation;
import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.Row;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.recovery.RecoveryReport;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a start after a kill takes, from a snapshot of the opened accounts and a journal of the
 * trade since; and what the journal holds for an order. What was started again must be at the last
 * command answered before the kill, its books and watched accounts as they were then.
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
   * @throws dev.verdant.bench.load.WrongResultException if something else was recovered than had
   *     been acknowledged.
   */
  public static Result measure(Settings settings) throws IOException {
    try (ServerUnderLoad server = ServerUnderLoad.start(settings, "recovery")) {
      final Expectation expectation = trade(server, settings.runs());
      final double seconds =
          ServerUnderLoad.secondsToFirstAnswer(settings, server.data(), expectation);
      settings.say("recovery: first answer after %.1f s", seconds);
      return Result.of(
              Row.of("recovery-start", "s", seconds)
                  .withBar(Bar.atMost(MOST_START_SECONDS))
                  .withNote("a process on that directory, to its first answer"))
          .and(recover(settings, server.data(), expectation))
          .withRow("recovery-replay", row -> row.withBar(Bar.atLeast(LEAST_REPLAY)));
    }
  }

  /** What the journal holds of one more day of a server under load, which is killed then. */
  static Result ofADay(Settings settings, ServerUnderLoad server) throws IOException {
    return recover(settings, server.data(), trade(server, 1));
  }

  /** Trades behind a snapshot, and kills the server; returns what must be recovered. */
  private static Expectation trade(ServerUnderLoad server, int days) {
    server.takeSnapshot();
    for (int day = 0; day < days; day++) {
      server.trade().tradeADay(new Timeline());
    }
    server.trade().verify();
    final Expectation expectation = server.trade().checked().expectation();
    server.kill();
    return expectation;
  }

  /**
   * Opens a directory in this process, and checks the ledger that was made of it.
   *
   * @param expectation what whoever left it had last.
   * @throws dev.verdant.bench.load.WrongResultException naming the first that differs.
   */
  static Result recover(Settings settings, Path data, Expectation expectation) throws IOException {
    try (DataDirectory directory =
            DataDirectory.open(data, new JournalOptions().conclude(), settings.durability());
        InProcessTarget reopened = new InProcessTarget(directory.ledger())) {
      final RecoveryReport report = directory.recovery();
      settings.say(
          "recovery: %,d commands in %.1f s",
          report.commands(), report.durationNanos() / NANOS_PER_SECOND);
      expectation.verify(reopened);
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
