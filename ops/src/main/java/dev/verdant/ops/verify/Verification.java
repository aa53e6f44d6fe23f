package dev.verdant.ops.verify;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.scan.SequenceGap;
import dev.verdant.journal.snapshot.SnapshotCheck;
import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.SnapshotVerification;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks a data directory offline and says what it checked: the journal, record by record; every
 * snapshot, chunk by chunk, and against a replay; the books of the ledger that comes of it.
 */
public final class Verification {
  private final PrintWriter out;
  private final DirectoryVerification found;
  private final UnsafeBuffer query = new UnsafeBuffer(new byte[64]);
  private final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_QUERY_REPLY_LENGTH]);

  private Verification(DirectoryVerification found, PrintWriter out) {
    this.found = found;
    this.out = out;
  }

  /**
   * Makes all checks.
   *
   * @param out takes one line for each check.
   * @throws CommandFailure if one fails, naming the first bad record.
   * @throws DataDirectoryInUseException if a server works on the directory.
   * @throws IOException if the directory cannot be read.
   */
  public static void run(Path directory, PrintWriter out) throws IOException {
    try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
      Verification verification = new Verification(found, out);
      verification.tellJournal();
      verification.tellSnapshots();
      verification.requireSoundJournal();
      verification.requireSoundSnapshots();
      verification.tellReplay();
      verification.checkBooks();
    } catch (SnapshotDamagedException e) {
      // Its bytes are those that were written, and make no ledger all the same.
      throw CommandFailure.failed("a snapshot is damaged: " + e.fault(), e);
    } finally {
      out.flush();
    }
  }

  private void tellJournal() {
    VerificationReport report = found.journal();
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
    for (SequenceGap gap : report.gaps()) {
      out.printf(
          "         not among them: sequence %d to %d, between %s and %s%n",
          gap.first(), gap.last(), gap.after(), gap.before());
    }
    if (report.cuttable()) {
      out.printf(
          "         an unfinished write behind them, acknowledged to nobody, which the next start"
              + " cuts: %s%n",
          report.fault());
    }
  }

  /** One line each, whatever is wrong with another or with the journal. */
  private void tellSnapshots() {
    for (SnapshotVerification snapshot : found.snapshots()) {
      if (snapshot.fault().isPresent()) {
        out.printf(
            "snapshot %d: a start passes over it, check %s%n",
            snapshot.sequence(), snapshot.fault().get().check());
      } else {
        out.printf(
            "snapshot %d: checksums of %,d bytes, %,d accounts, %s%n",
            snapshot.sequence(), snapshot.bytes(), snapshot.accounts(), compared(snapshot));
      }
    }
  }

  private static String compared(SnapshotVerification snapshot) {
    return switch (snapshot.comparison()) {
      case EQUAL -> "the same as a replay makes";
      case DIFFERENT -> "not what a replay makes";
      case NOT_POSSIBLE -> "the journal does not reach back far enough to replay it";
    };
  }

  private void requireSoundJournal() {
    VerificationReport report = found.journal();
    if (!report.sound()) {
      throw CommandFailure.failed("the journal is damaged: " + report.fault().orElseThrow());
    }
    if (report.fault().isPresent() && !report.cuttable()) {
      throw CommandFailure.failed(
          "the journal is damaged below what a snapshot holds, a start would go on: "
              + report.fault().get());
    }
    for (SequenceGap gap : report.gaps()) {
      if (gap.isLostFile()) {
        throw CommandFailure.failed(
            "a file of the journal is missing, a start would go on: sequence "
                + gap.first()
                + " to "
                + gap.last()
                + " between "
                + gap.after()
                + " and "
                + gap.before());
      }
    }
    if (report.endUnproven()) {
      throw CommandFailure.failed(
          "the record of acknowledgements (the file acknowledged) is missing or damaged, a start"
              + " would go on: nothing tells whether commands behind sequence "
              + report.lastSequence()
              + " are missing");
    }
  }

  private void requireSoundSnapshots() {
    for (SnapshotVerification snapshot : found.snapshots()) {
      if (snapshot.fault().isPresent()) {
        SnapshotFault fault = snapshot.fault().get();
        throw CommandFailure.failed(
            (fault.check() == SnapshotCheck.JOURNAL
                    ? "a snapshot is not of this journal: "
                    : "a snapshot is damaged: ")
                + fault);
      }
      if (!snapshot.sound()) {
        throw CommandFailure.failed(
            "snapshot "
                + snapshot.sequence()
                + " is not what a replay from "
                + found.replayedFrom()
                + " makes");
      }
    }
  }

  private void tellReplay() {
    DigestResult digest = ask(new Query.Digest());
    out.printf(
        "replay   from %s to sequence %d, state digest %s%n",
        found.replayedFrom() == 0 ? "the start" : "snapshot " + found.replayedFrom(),
        found.ledger().sequence(),
        LedgerViews.hex(digest));
  }

  private void checkBooks() {
    TrialBalanceResult balance = ask(new Query.TrialBalance());
    if (!balance.imbalances().isEmpty()) {
      throw CommandFailure.failed("the books do not balance: " + balance.imbalances());
    }
    out.printf(
        "books    %s sum to zero over %d accounts of the books%n",
        TrialBalanceResult.ASSETS, balance.entries().size());
  }

  private <R extends Result> R ask(Query<R> request) {
    int length = request.encode(query, 0, 1);
    int replyLength = found.ledger().query(query, 0, length, reply, 0);
    return request.decode(new Reply().wrap(reply, 0, replyLength, false));
  }
}
