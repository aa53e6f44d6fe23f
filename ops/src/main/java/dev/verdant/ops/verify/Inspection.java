package dev.verdant.ops.verify;

import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.scan.SegmentSummary;
import dev.verdant.journal.scan.SequenceGap;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.JournalInspection;
import dev.verdant.journal.verify.JournaledCommand;
import dev.verdant.journal.verify.SnapshotSummary;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.view.DigestView;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.view.LedgerViews;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;

/** Writes what a data directory holds; times are those of the commands, in ISO-8601 and UTC. */
public final class Inspection {
  private final Path directory;
  private final JsonLines out;

  public Inspection(Path directory, JsonLines out) {
    this.directory = directory;
    this.out = out;
  }

  /**
   * Writes every segment, oldest first, up to the first bad record, and then the whole.
   *
   * @throws DataDirectoryInUseException if a server works on the directory.
   * @throws IOException if it cannot be read.
   */
  public void writeJournal() throws IOException {
    JournalInspection inspection = JournalInspection.of(directory);
    for (SegmentSummary segment : inspection.segments()) {
      write(segment);
    }
    for (SnapshotSummary snapshot : inspection.snapshots()) {
      write(snapshot);
    }
    VerificationReport journal = inspection.journal();
    out.begin().text("directory", directory.toString());
    if (inspection.ledger().isPresent()) {
      out.text("ledger", inspection.ledger().get().toString());
    }
    out.number("segments", inspection.segments().size())
        .number("snapshots", inspection.snapshots().size())
        .number("commands", journal.commands())
        .number("last_sequence", journal.lastSequence());
    if (inspection.acknowledgedSequence().isPresent()) {
      out.number("acknowledged_sequence", inspection.acknowledgedSequence().get());
    }
    out.number("batches", journal.batches())
        .number("bytes", journal.bytes())
        .flag("sound", journal.sound())
        .text("next_start", inspection.decision().name());
    if (!journal.gaps().isEmpty()) {
      out.text(
          "missing",
          journal.gaps().stream()
              .map(gap -> gap.first() + " to " + gap.last())
              .collect(Collectors.joining(", ")));
    }
    if (journal.fault().isPresent()) {
      out.text("fault", journal.fault().get().toString());
    }
    out.end();
    out.flush();
  }

  private void write(SnapshotSummary snapshot) throws IOException {
    out.begin().text("snapshot", snapshot.path().toString());
    if (snapshot.manifest().isPresent()) {
      StoredSnapshot stored = snapshot.manifest().get();
      out.number("sequence", stored.sequence())
          .number("state_version", Ledger.STATE_VERSION)
          .text("time", time(stored.timeMillis()))
          .text("created", time(stored.createdMillis()))
          .number("accounts", stored.accounts())
          .number("bytes", stored.bytes());
      if (stored.ledger().isPresent()) {
        out.text("ledger", stored.ledger().get().toString());
      }
      if (stored.digest().isPresent()) {
        DigestView digest = stored.digest().get();
        out.text("digest", LedgerViews.hex(digest.high(), digest.low()));
      }
      out.text("content", stored.content());
      if (stored.program().isPresent()) {
        out.json("program", stored.program().get());
      }
    }
    if (snapshot.fault().isPresent()) {
      out.text("fault", snapshot.fault().get().toString());
    }
    out.end();
  }

  private void write(SegmentSummary segment) throws IOException {
    out.begin()
        .text("file", segment.file().toString())
        .text("generation", segment.generation().toString())
        .number("file_bytes", segment.fileLength())
        .number("commands", segment.commands());
    if (segment.commands() > 0) {
      out.number("first_sequence", segment.firstSequence())
          .number("last_sequence", segment.lastSequence())
          .text("first_time", time(segment.firstTimeMillis()))
          .text("last_time", time(segment.lastTimeMillis()));
    }
    out.number("batches", segment.batches()).number("bytes", segment.bytes()).end();
  }

  /**
   * Writes one command with its fields, named as in the wire schema.
   *
   * @throws CommandFailure if the journal does not hold it.
   * @throws DataDirectoryInUseException if a server works on the directory.
   * @throws IOException if it cannot be read.
   */
  public void writeCommand(long sequence) throws IOException {
    writeCommand(JournalInspection.of(directory, sequence), sequence);
  }

  private void writeCommand(JournalInspection inspection, long sequence) throws IOException {
    JournaledCommand command =
        inspection
            .command()
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "no command "
                            + sequence
                            + ": the journal holds "
                            + inspection.journal().firstSequence()
                            + " to "
                            + inspection.journal().lastSequence()));
    MessageFields schema = MessageFields.ofWireSchema();
    out.begin()
        .number("sequence", command.sequence())
        .text("time", time(command.timeMillis()))
        .text("file", inspection.segmentOf(sequence).orElseThrow().file().toString())
        .text("command", schema.name(command.message(), 0))
        .value("fields", schema.read(command.message(), 0))
        .end();
    out.flush();
  }

  /**
   * Writes the last command at or before a moment, after which the ledger is as it was then.
   *
   * @throws CommandFailure if what it holds begins later, or if what follows the command is damaged
   *     or missing, so that later ones may have been of that moment, too.
   * @throws DataDirectoryInUseException if a server works on the directory.
   * @throws IOException if it cannot be read.
   */
  public void writeCommandAt(Instant moment) throws IOException {
    long sequence = JournalInspection.lastSequenceAt(directory, moment.toEpochMilli());
    JournalInspection inspection = JournalInspection.of(directory, sequence);
    requireWholeBehind(inspection, sequence, moment);
    if (sequence == 0) {
      throw CommandFailure.failed(
          "no command up to " + moment + ": what the journal holds begins later");
    }
    writeCommand(inspection, sequence);
  }

  /** What the journal does not show behind a command may have been of the same moment. */
  private static void requireWholeBehind(
      JournalInspection inspection, long sequence, Instant moment) {
    VerificationReport journal = inspection.journal();
    String lastKnown = "the last command known up to " + moment + " is " + sequence + ", but ";
    for (SequenceGap gap : journal.gaps()) {
      if (gap.first() == sequence + 1) {
        throw CommandFailure.failed(lastKnown + gap.first() + " to " + gap.last() + " are missing");
      }
    }
    if (sequence < journal.lastSequence()) {
      return;
    }
    // Also below what a snapshot holds: the journal is not read beyond a bad record.
    if (journal.fault().isPresent() && !journal.cuttable()) {
      throw CommandFailure.failed(
          lastKnown + "the journal is damaged behind it: " + journal.fault().get());
    }
    for (SnapshotSummary snapshot : inspection.snapshots()) {
      if (snapshot.fault().isEmpty() && snapshot.manifest().orElseThrow().sequence() > sequence) {
        throw CommandFailure.failed(
            lastKnown + "the journal ends there, before its snapshot " + snapshot.path());
      }
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
