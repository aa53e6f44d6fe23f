package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.report.Bar;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.workload.AccountMessages;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.JournalOptions;
import dev.verdant.journal.RecoveryReport;
import dev.verdant.pipeline.CommandBatch;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.IoUtil;

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
    final ServerUnderLoad server = ServerUnderLoad.start(settings, "recovery");
    server.takeSnapshot();
    for (int run = 0; run < settings.runs(); run++) {
      server.trade().tradeADay(new Timeline());
    }
    server.trade().verify();
    server.kill();
    final double seconds = ServerUnderLoad.secondsToFirstAnswer(settings, server.data());
    settings.say("recovery: first answer after %.1f s", seconds);
    return Result.of(
            Row.of("recovery-start", "s", seconds)
                .withBar(Bar.atMost(MOST_START_SECONDS))
                .withNote("a process on that directory, to its first answer"))
        .and(of(settings, server.data(), server.trade().population().accounts()));
  }

  /** Recovers the directory of a server that was killed, then deletes it. */
  static Result of(Settings settings, Path data, long accounts) throws IOException {
    try (DataDirectory directory =
        DataDirectory.open(data, new JournalOptions().conclude(), settings.durability())) {
      final RecoveryReport report = directory.recovery();
      final double seconds = report.durationNanos() / NANOS_PER_SECOND;
      // What the journal holds of the openings, unless the snapshot has them.
      final long openings = report.snapshotSequence() == 0 ? accounts : 0;
      final long openingBytes =
          openings * CommandBatch.encodedLength(AccountMessages.MESSAGE_LENGTH);
      final double bytes =
          (report.bytes() - openingBytes) / (double) (report.replayed() - openings);
      settings.say("recovery: %,d commands in %.1f s", report.commands(), seconds);
      return Result.of(
          Row.of("recovery", "s", seconds)
              .withNote(
                  String.format("snapshot of %,d commands loaded", report.snapshotSequence())),
          Row.of(
                  "recovery-replay",
                  "commands/s",
                  report.replayed() * NANOS_PER_SECOND / report.replayNanos())
              .withBar(Bar.atLeast(LEAST_REPLAY))
              .withNote(String.format("%,d commands replayed", report.replayed())),
          Row.of("journal-bytes", "bytes/order", bytes)
              .withBar(Bar.atMost(MOST_BYTES_AN_ORDER))
              .withNote("headers of the batches included, as they came under load"));
    } finally {
      IoUtil.delete(data.toFile(), true);
    }
  }
}
