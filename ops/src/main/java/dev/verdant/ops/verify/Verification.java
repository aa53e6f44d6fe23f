package dev.verdant.ops.verify;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.journal.DataDirectoryInUseException;
import dev.verdant.journal.JournalVerifier;
import dev.verdant.journal.VerificationReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.view.LedgerViews;
import dev.verdant.protocol.codec.Asset;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks a data directory offline and says what it checked: the journal, record by record; a replay
 * of it from the start into a new ledger; the books of that ledger.
 */
public final class Verification {
  private static final List<Asset> ASSETS =
      List.of(Asset.CNY, Asset.POINTS, Asset.COUPON, Asset.COIN);

  private final PrintWriter out;
  private final Ledger ledger;
  private final UnsafeBuffer query = new UnsafeBuffer(new byte[64]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);

  private Verification(Ledger ledger, PrintWriter out) {
    this.ledger = ledger;
    this.out = out;
  }

  /**
   * Makes all checks.
   *
   * @param out takes one line for each check.
   * @throws CommandFailure if one fails, naming the first bad record, or the directory is in use.
   * @throws IOException if the directory cannot be read.
   */
  public static void run(Path directory, PrintWriter out) throws IOException {
    try (Ledger ledger = new Ledger()) {
      Verification verification = new Verification(ledger, out);
      verification.checkJournal(directory);
      verification.checkReplay();
      verification.checkBooks();
    } catch (DataDirectoryInUseException e) {
      throw CommandFailure.failed(e.getMessage(), e);
    } finally {
      out.flush();
    }
  }

  private void checkJournal(Path directory) throws IOException {
    VerificationReport report =
        JournalVerifier.verify(
            directory,
            (sequence, buffer, offset, length) ->
                ledger.apply(sequence, buffer, offset, length, reply, 0));
    out.printf(
        "journal  checksums, chain and sequence of %,d commands in %,d batches, %,d bytes%n",
        report.commands(), report.batches(), report.bytes());
    if (report.commands() > 0) {
      out.printf(
          "         sequence %d at %s to %d at %s%n",
          report.firstSequence(),
          Instant.ofEpochMilli(report.firstTimeMillis()),
          report.lastSequence(),
          Instant.ofEpochMilli(report.lastTimeMillis()));
    }
    if (!report.sound()) {
      throw CommandFailure.failed("the journal is damaged: " + report.fault());
    }
    if (report.fault() != null) {
      out.printf(
          "         an unfinished write behind them, acknowledged to nobody, which the next start"
              + " cuts: %s%n",
          report.fault());
    }
  }

  private void checkReplay() {
    DigestResult digest = ask(new Query.Digest());
    out.printf(
        "replay   from the start to sequence %d, state digest %s%n",
        ledger.sequence(), LedgerViews.hex(digest));
  }

  private void checkBooks() {
    TrialBalanceResult balance = ask(new Query.TrialBalance());
    for (Asset asset : ASSETS) {
      long sum = balance.sum(asset);
      if (sum != 0) {
        throw CommandFailure.failed("the books do not balance: " + asset + " sums to " + sum);
      }
    }
    out.printf("books    %s sum to zero over %d accounts%n", ASSETS, balance.entries().size());
  }

  private <R extends Result> R ask(Query<R> request) {
    int length = request.encode(query, 0, 1);
    int replyLength = ledger.query(query, 0, length, reply, 0);
    return request.decode(new Reply().wrap(reply, 0, replyLength, false));
  }
}
