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

/** What a start after a kill takes, and what the journal holds for an order. */
public final class Recovery {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MOST_BYTES_AN_ORDER = 96;

  private Recovery() {}

  /**
   * Trades on a server, kills it, and recovers its directory.
   *
   * @throws IOException if the server does not start, or the directory cannot be read.
   */
  public static Result measure(Settings settings) throws IOException {
    final ServerUnderLoad server = ServerUnderLoad.start(settings, "recovery");
    for (int run = 0; run < settings.runs(); run++) {
      server.trade().tradeADay(new Timeline());
    }
    server.trade().verify();
    server.kill();
    return of(settings, server.data(), server.trade().population().accounts());
  }

  /** Recovers the directory of a server that was killed, then deletes it. */
  static Result of(Settings settings, Path data, long accounts) throws IOException {
    try (DataDirectory directory =
        DataDirectory.open(data, new JournalOptions().conclude(), settings.durability())) {
      final RecoveryReport report = directory.recovery();
      final double seconds = report.durationNanos() / NANOS_PER_SECOND;
      final long openingBytes =
          accounts * CommandBatch.encodedLength(AccountMessages.MESSAGE_LENGTH);
      final double bytes =
          (report.bytes() - openingBytes) / (double) (report.commands() - accounts);
      settings.say("recovery: %,d commands in %.1f s", report.commands(), seconds);
      return Result.of(
          Row.of("recovery", "commands/s", report.commands() / seconds)
              .withNote(String.format("%,d commands replayed", report.commands())),
          Row.of("journal-bytes", "bytes/order", bytes)
              .withBar(Bar.atMost(MOST_BYTES_AN_ORDER))
              .withNote("headers of the batches included, as they came under load"));
    } finally {
      IoUtil.delete(data.toFile(), true);
    }
  }
}
