package dev.verdant.journal;

import dev.verdant.journal.RecoveryDecision.Ending;
import dev.verdant.journal.RecoveryDecision.Promise;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a whole journal, oldest batch first, checks every one, hands on the commands of those that
 * are right, and stops at the first that is not. Changes nothing.
 */
final class JournalScan {
  private final Path directory;
  private final Acknowledged acknowledged;
  private final CommandConsumer consumer;
  private final BatchValidator validator;
  private final List<SegmentSummary> segments = new ArrayList<>();

  private Ending ending = Ending.NOTHING;
  private Fault fault;
  private long batches;
  private long bytes;
  private long firstTimeMillis;
  private long segmentTimeMillis;
  private long lastTimeMillis;
  private Path lastFile;
  private long lastEnd;

  private JournalScan(Path directory, Acknowledged acknowledged, CommandConsumer consumer) {
    this.directory = directory;
    this.acknowledged = acknowledged;
    this.consumer = consumer;
    this.validator = new BatchValidator(acknowledged);
  }

  /** Scans the journal of a data directory. */
  static JournalScan of(Path directory, CommandConsumer consumer) throws IOException {
    final JournalScan scan = new JournalScan(directory, Watermark.read(directory), consumer);
    final List<Path> segments = JournalFiles.segments(directory);
    try (SegmentReader reader = new SegmentReader()) {
      for (int i = 0; i < segments.size() && scan.fault == null; i++) {
        scan.readAndSumUp(reader, segments.get(i), i == segments.size() - 1);
        if (scan.fault != null && scan.fault.check() == Check.SEQUENCE && i > 0) {
          scan.lookBack(reader, segments.get(i - 1));
        }
      }
    }
    if (scan.fault == null && scan.batches > 0) {
      scan.ending = Ending.CLEAN;
    }
    return scan;
  }

  private void readAndSumUp(SegmentReader reader, Path file, boolean last) throws IOException {
    final long batchesBefore = batches;
    final long bytesBefore = bytes;
    final long lastBefore = lastSequence();
    readSegment(reader, file, last);
    final boolean empty = batches == batchesBefore;
    segments.add(
        new SegmentSummary(
            directory.relativize(file),
            Files.size(file),
            empty ? 0 : lastBefore + 1,
            empty ? 0 : lastSequence(),
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
    // Before a later file is begun, the one before is complete and forced.
    ending = last && check.tornTailPossible() ? Ending.TORN : Ending.BROKEN;
  }

  private void accept(SegmentReader reader, Path file) {
    final UnsafeBuffer buffer = reader.buffer();
    int message = reader.offset() + Batches.HEADER_LENGTH + CommandBatch.LENGTH_PREFIX;
    if (!file.equals(lastFile)) {
      segmentTimeMillis = Messages.commandTimeMillis(buffer, message);
      firstTimeMillis = batches == 0 ? segmentTimeMillis : firstTimeMillis;
    }
    for (long s = validator.firstSequence(); s <= validator.lastSequence(); s++) {
      final int length = BatchValidator.commandLength(buffer, message - CommandBatch.LENGTH_PREFIX);
      lastTimeMillis = Messages.commandTimeMillis(buffer, message);
      consumer.onCommand(s, buffer, message, length);
      message += CommandBatch.encodedLength(length);
    }
    batches++;
    bytes += reader.length();
    lastFile = file;
    lastEnd = reader.end();
  }

  /** What each file holds, oldest first, up to the first bad record. */
  List<SegmentSummary> segments() {
    return segments;
  }

  /** The row of the table that applies. */
  RecoveryDecision decision() {
    return RecoveryDecision.of(ending, Promise.of(acknowledged, lastSequence()));
  }

  /** The first bad record, where the decision is not to go on or to cut; null otherwise. */
  Fault fault() {
    if (fault != null || decision() != RecoveryDecision.REFUSE) {
      return fault;
    }
    final boolean known = acknowledged.known();
    return new Fault(
        lastSequence() + 1,
        lastFile == null ? directory : lastFile,
        lastEnd,
        known ? Check.ACKNOWLEDGED : Check.WATERMARK,
        known ? "acknowledged up to " + acknowledged.sequence() : acknowledged.state().name());
  }

  /** Sequence of the last command that is right, 0 if there is none. */
  long lastSequence() {
    return validator.lastSequence();
  }

  /** Checksum of the last batch that is right, 0 if there is none. */
  int lastChecksum() {
    return validator.lastChecksum();
  }

  /** Batches that are right. */
  long batches() {
    return batches;
  }

  /** Their length in bytes, headers included. */
  long bytes() {
    return bytes;
  }

  /** Time of the first command in milliseconds since the epoch, 0 if there is none. */
  long firstTimeMillis() {
    return firstTimeMillis;
  }

  /** Time of the last command in milliseconds since the epoch, 0 if there is none. */
  long lastTimeMillis() {
    return lastTimeMillis;
  }

  /** The file of the last batch that is right, null if there is none. */
  Path lastFile() {
    return lastFile;
  }

  /** Where that batch ends in its file, in bytes. */
  long lastEnd() {
    return lastEnd;
  }
}
