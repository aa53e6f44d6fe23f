package dev.verdant.journal.scan;

import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.log.Batches;
import dev.verdant.journal.log.Check;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.SegmentStarts;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.scan.RecoveryDecision.Ending;
import dev.verdant.journal.scan.RecoveryDecision.Promise;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a journal, oldest batch first, checks every one, hands on the commands of those that are
 * right, and stops at the first that is not. Behind a snapshot it begins with the file that holds
 * the command after it. Changes nothing.
 */
public final class JournalScan {
  private final Path directory;
  private final Acknowledged acknowledged;
  private final ReplayBase base;
  private final CheckedCommands commands;
  private final BatchValidator validator;
  private final List<SegmentSummary> segments = new ArrayList<>();

  private Ending ending = Ending.NOTHING;
  private Fault fault;
  private long batches;
  private long bytes;
  private long firstSequence;
  private long firstTimeMillis;
  private long segmentFirst;
  private long segmentTimeMillis;
  private long lastTimeMillis;
  private Path lastFile;
  private long lastEnd;

  private JournalScan(
      Path directory,
      Acknowledged acknowledged,
      ReplayBase base,
      List<ReplayBase> snapshots,
      CheckedCommands commands) {
    this.directory = directory;
    this.acknowledged = acknowledged;
    this.base = base;
    this.commands = commands;
    this.validator = new BatchValidator(acknowledged, base, snapshots);
  }

  /** Scans the journal of a data directory from the first command on. */
  public static JournalScan of(Path directory, CheckedCommands commands) throws IOException {
    return of(directory, ReplayBase.NONE, commands);
  }

  /** Scans the journal of a data directory behind a snapshot. */
  public static JournalScan of(Path directory, ReplayBase base, CheckedCommands commands)
      throws IOException {
    return new JournalScan(directory, Watermark.read(directory), base, List.of(), commands).run();
  }

  /**
   * Scans all files of the journal, wherever they begin, and hands on all commands.
   *
   * @param snapshots that make up for what is not there any more.
   */
  public static JournalScan whole(
      Path directory, List<ReplayBase> snapshots, CheckedCommands commands) throws IOException {
    return new JournalScan(
            directory, Watermark.read(directory), ReplayBase.NONE, snapshots, commands)
        .run();
  }

  private JournalScan run() throws IOException {
    final List<Path> segments = JournalFiles.segments(directory);
    try (SegmentReader reader = new SegmentReader()) {
      final int start = start(segments);
      final int last = SegmentStarts.lastWithBatch(segments);
      for (int i = start; i < segments.size() && fault == null; i++) {
        readAndSumUp(reader, segments.get(i), i >= last);
        if (fault != null && fault.check() == Check.SEQUENCE && i > start) {
          lookBack(reader, segments.get(i - 1));
        }
      }
    }
    if (fault == null) {
      ending = ending();
    }
    return this;
  }

  /** The file that holds the command after the snapshot, or else the last one before it. */
  private int start(List<Path> segments) {
    if (base.sequence() == 0) {
      return 0;
    }
    final OptionalInt start = SegmentStarts.newestNotAfter(segments, base.sequence() + 1);
    validator.startAt(
        start.isPresent()
            ? SegmentStarts.firstSequence(segments.get(start.getAsInt())).orElseThrow()
            : base.sequence() + 1);
    return start.orElse(0);
  }

  private Ending ending() {
    if (base.sequence() > journalSequence()) {
      return Ending.SHORT;
    }
    return batches > 0 ? Ending.CLEAN : Ending.NOTHING;
  }

  /**
   * What shows that a snapshot is not of the journal of this data directory: as far as the journal
   * still reaches back to it, the batch that it follows; where it is newer than the journal, engine
   * time, which never goes back.
   */
  public static Optional<Fault> contradiction(Path directory, StoredSnapshot snapshot)
      throws IOException {
    final JournalScan scan =
        new JournalScan(
            directory,
            Acknowledged.ABSENT,
            ReplayBase.of(snapshot),
            List.of(),
            CheckedCommands.IGNORED);
    final List<Path> segments = JournalFiles.segments(directory);
    try (SegmentReader reader = new SegmentReader()) {
      int i = scan.start(segments);
      while (i < segments.size() && scan.fault == null && !scan.hasPassedBase()) {
        scan.readSegment(reader, segments.get(i), false);
        i++;
      }
    }
    return scan.fault != null && scan.fault.check() == Check.SNAPSHOT
        ? Optional.of(scan.fault)
        : scan.laterThan(snapshot);
  }

  /** A command that the snapshot would have to hold, and that is later than all that it holds. */
  private Optional<Fault> laterThan(StoredSnapshot snapshot) {
    return batches > 0
            && journalSequence() < snapshot.sequence()
            && lastTimeMillis > snapshot.timeMillis()
        ? Optional.of(
            new Fault(
                journalSequence(),
                lastFile,
                lastEnd,
                Check.SNAPSHOT_TIME,
                "a command of "
                    + Instant.ofEpochMilli(lastTimeMillis)
                    + " in a snapshot that ends at "
                    + Instant.ofEpochMilli(snapshot.timeMillis())))
        : Optional.empty();
  }

  private boolean hasPassedBase() {
    return batches > 0 && journalSequence() >= base.batchSequence();
  }

  private void readAndSumUp(SegmentReader reader, Path file, boolean last) throws IOException {
    final long batchesBefore = batches;
    final long bytesBefore = bytes;
    readSegment(reader, file, last);
    final boolean empty = batches == batchesBefore;
    segments.add(
        new SegmentSummary(
            directory.relativize(file),
            Files.size(file),
            empty ? 0 : segmentFirst,
            empty ? 0 : validator.lastSequence(),
            empty ? 0 : segmentTimeMillis,
            empty ? 0 : lastTimeMillis,
            batches - batchesBefore,
            bytes - bytesBefore));
  }

  private void readSegment(SegmentReader reader, Path file, boolean last) {
    try {
      reader.open(file);
      while (reader.next()) {
        final Check failed =
            validator.validate(
                reader.buffer(), reader.byteBuffer(), reader.offset(), reader.length());
        if (failed != null) {
          fail(file, reader.position(), failed, validator.detail(), last);
          return;
        }
        accept(reader, file);
      }
      if (reader.failed() != null || (last && !reader.isCleanEnd())) {
        fail(file, reader.position(), reader.failed(), reader.detail(), last);
      }
    } catch (IOException | InternalError e) {
      fail(file, reader.position(), Check.READABLE, e.toString(), last);
    }
  }

  /** Where a file does not follow the one before, a hole in that one may have hidden its rest. */
  private void lookBack(SegmentReader reader, Path before) throws IOException {
    reader.open(before);
    while (reader.next()) {
      // Its batches are right; only what follows them matters.
    }
    if (!reader.isCleanEnd()) {
      fail(before, reader.position(), reader.failed(), reader.detail(), false);
    }
  }

  private void fail(Path file, long position, Check check, String detail, boolean last) {
    fault = new Fault(validator.lastSequence() + 1, file, position, check, detail);
    // Before a later file gets a batch, the one before is complete and forced, or the snapshot that
    // was gone on from holds all that it should.
    ending = last && check.tornTailPossible() ? Ending.TORN : Ending.BROKEN;
  }

  private void accept(SegmentReader reader, Path file) {
    final UnsafeBuffer buffer = reader.buffer();
    final int firstCommand = reader.offset() + Batches.HEADER_LENGTH;
    if (!file.equals(lastFile)) {
      segmentFirst = validator.firstSequence();
      segmentTimeMillis = timeMillis(buffer, firstCommand);
      firstTimeMillis = batches == 0 ? segmentTimeMillis : firstTimeMillis;
      firstSequence = batches == 0 ? segmentFirst : firstSequence;
    }
    lastTimeMillis = timeMillis(buffer, validator.lastCommand());
    batches++;
    bytes += reader.length();
    lastFile = file;
    lastEnd = reader.end();
    commands.onCommands(validator.firstSequence(), validator.count(), buffer, firstCommand);
  }

  private static long timeMillis(UnsafeBuffer buffer, int command) {
    return Messages.commandTimeMillis(buffer, command + CommandBatch.LENGTH_PREFIX);
  }

  /** What each file holds, oldest first, up to the first bad record. */
  public List<SegmentSummary> segments() {
    return segments;
  }

  /** The row of the table that applies. */
  public RecoveryDecision decision() {
    return RecoveryDecision.of(
        ending, Promise.of(acknowledged, journalSequence(), base.sequence()));
  }

  /** Whether commands are here and nothing says whether later ones were acknowledged. */
  public boolean endUnproven() {
    return lastSequence() > 0 && !acknowledged.known();
  }

  /** The first bad record; where there is none and a start would be refused, what is missing. */
  public Optional<Fault> fault() {
    if (fault != null || decision() != RecoveryDecision.REFUSE) {
      return Optional.ofNullable(fault);
    }
    final boolean known = acknowledged.known();
    return Optional.of(
        new Fault(
            lastSequence() + 1,
            lastFile == null ? directory : lastFile,
            lastEnd,
            known ? Check.ACKNOWLEDGED : Check.WATERMARK,
            known ? "acknowledged up to " + acknowledged.sequence() : acknowledged.state().name()));
  }

  /** Sequence of the last command that is right, or in the snapshot; 0 if there is none. */
  public long lastSequence() {
    return Math.max(base.sequence(), journalSequence());
  }

  /** Sequence of the first command in the files, 0 if there is none. */
  public long firstSequence() {
    return firstSequence;
  }

  /** Sequence of the last command that the journal itself has right, 0 if there is none. */
  public long journalSequence() {
    return batches == 0 ? 0 : validator.lastSequence();
  }

  /** Checksum of the batch of the last sequence, 0 if there is none. */
  public int lastChecksum() {
    return base.sequence() > journalSequence() ? base.batchChecksum() : validator.lastChecksum();
  }

  /** Whether files hold what the snapshot makes superfluous, and are better left as they are. */
  public boolean leavesFilesAlone() {
    return base.sequence() > journalSequence()
        && acknowledged.known()
        && acknowledged.sequence() > journalSequence();
  }

  /** Batches that are right. */
  public long batches() {
    return batches;
  }

  /** Their length in bytes, headers included. */
  public long bytes() {
    return bytes;
  }

  /** Time of the first command in milliseconds since the epoch, 0 if there is none. */
  public long firstTimeMillis() {
    return firstTimeMillis;
  }

  /** Time of the last command in milliseconds since the epoch, 0 if there is none. */
  public long lastTimeMillis() {
    return lastTimeMillis;
  }

  /** The file of the last batch that is right, null if there is none. */
  public Path lastFile() {
    return lastFile;
  }

  /** Where that batch ends in its file, in bytes. */
  public long lastEnd() {
    return lastEnd;
  }
}
