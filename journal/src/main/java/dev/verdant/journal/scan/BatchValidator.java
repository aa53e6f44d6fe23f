package dev.verdant.journal.scan;

import dev.verdant.journal.codec.BatchHeaderDecoder;
import dev.verdant.journal.codec.MessageHeaderDecoder;
import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.log.Batches;
import dev.verdant.journal.log.Check;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.Messages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides about one batch after the other whether it is right and follows the one before. */
public final class BatchValidator {
  private final Acknowledged acknowledged;
  private final BatchHeaderDecoder batch = new BatchHeaderDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final CRC32C crc = new CRC32C();
  private final ReplayBase base;
  private final List<ReplayBase> snapshots;
  private long lastSequence;
  private int lastChecksum;
  private int lastCommand;
  private boolean chainKnown = true;
  private String detail;

  /** A validator of a journal from its first command. */
  public BatchValidator(Acknowledged acknowledged) {
    this(acknowledged, ReplayBase.NONE);
  }

  /** A validator of what comes behind a snapshot. */
  public BatchValidator(Acknowledged acknowledged, ReplayBase base) {
    this(acknowledged, base, List.of());
  }

  /**
   * A validator that allows a gap in the sequences, at the beginning or later, where a snapshot
   * holds what is missing.
   */
  public BatchValidator(Acknowledged acknowledged, ReplayBase base, List<ReplayBase> snapshots) {
    this.acknowledged = acknowledged;
    this.base = base;
    this.snapshots = snapshots;
  }

  /** The next batch begins a file, and what stands before it is not looked at. */
  void startAt(long firstSequence) {
    lastSequence = firstSequence - 1;
    lastChecksum = lastSequence == base.batchSequence() ? base.batchChecksum() : 0;
    chainKnown = lastSequence == base.batchSequence() || lastSequence == 0;
  }

  /** Looks at the next batch: null if it is right, else the first check that failed. */
  public Check validate(UnsafeBuffer buffer, ByteBuffer bytes, int offset, int length) {
    final int checksum = Batches.checksum(crc, bytes, offset, length);
    final int stored = Batches.storedChecksum(buffer, offset);
    if (checksum != stored) {
      return fail(Check.CHECKSUM, hex(stored) + " stored, " + hex(checksum) + " computed");
    }
    header.wrap(buffer, offset);
    if (header.schemaId() != BatchHeaderDecoder.SCHEMA_ID
        || header.templateId() != BatchHeaderDecoder.TEMPLATE_ID
        || header.version() < 1
        || header.version() > BatchHeaderDecoder.SCHEMA_VERSION) {
      return fail(Check.SCHEMA, header.toString());
    }
    batch.wrapAndApplyHeader(buffer, offset, header);
    if (batch.length() != length - Batches.HEADER_LENGTH
        || !commandsFill(buffer, offset + Batches.HEADER_LENGTH, offset + length, batch.count())) {
      return fail(Check.COMMANDS, batch.count() + " commands in " + length + " bytes");
    }
    final long first = batch.firstSequence();
    final long last = first + batch.count() - 1;
    if (first > lastSequence + 1) {
      bridge(first);
    }
    if (first != lastSequence + 1) {
      return fail(Check.SEQUENCE, first + " instead of " + (lastSequence + 1));
    }
    final int previous = (int) batch.previousChecksum();
    if (chainKnown && previous != lastChecksum) {
      return lastSequence != 0 && lastSequence == base.batchSequence()
          ? fail(Check.SNAPSHOT, hex(previous) + " is before it, not " + base)
          : fail(Check.CHAIN, hex(previous) + " instead of " + hex(lastChecksum));
    }
    if (base.batchSequence() >= first
        && base.batchSequence() <= last
        && (base.batchSequence() != last || base.batchChecksum() != checksum)) {
      return fail(Check.SNAPSHOT, "batch to " + last + " with " + hex(checksum) + ", not " + base);
    }
    if (acknowledged.known()
        && acknowledged.sequence() >= first
        && acknowledged.sequence() <= last
        && (acknowledged.sequence() != last || acknowledged.batchChecksum() != checksum)) {
      return fail(
          Check.ACKNOWLEDGED_CHECKSUM,
          "batch to " + last + " with " + hex(checksum) + ", recorded " + acknowledged);
    }
    lastSequence = last;
    lastChecksum = checksum;
    chainKnown = true;
    return null;
  }

  /** Goes on at a sequence before which snapshots hold everything. */
  private void bridge(long first) {
    for (ReplayBase snapshot : snapshots) {
      if (snapshot.sequence() == first - 1 || (lastSequence == 0 && snapshot.sequence() >= first)) {
        lastSequence = first - 1;
        lastChecksum = snapshot.batchChecksum();
        chainKnown = snapshot.batchSequence() == first - 1;
        return;
      }
    }
  }

  private boolean commandsFill(UnsafeBuffer buffer, int start, int end, long count) {
    int at = start;
    long left = count;
    while (left > 0 && end - at >= CommandBatch.LENGTH_PREFIX + Messages.MIN_COMMAND_LENGTH) {
      final int length = CommandBatch.messageLength(buffer, at);
      if (length < Messages.MIN_COMMAND_LENGTH || length > Limits.MAX_MESSAGE_LENGTH) {
        return false;
      }
      lastCommand = at;
      at += CommandBatch.encodedLength(length);
      left--;
    }
    return count > 0 && left == 0 && at == end;
  }

  private Check fail(Check check, String found) {
    detail = found;
    return check;
  }

  private static String hex(int checksum) {
    return String.format(Locale.ROOT, "%08x", checksum);
  }

  /** What the check that failed has found. */
  String detail() {
    return detail;
  }

  /** First sequence of the batch validated last. */
  long firstSequence() {
    return batch.firstSequence();
  }

  /** Commands of the batch validated last. */
  int count() {
    return (int) batch.count();
  }

  /** Where the last command of the batch validated last stands in the buffer. */
  int lastCommand() {
    return lastCommand;
  }

  /** Last sequence of the batch validated last, 0 before the first. */
  public long lastSequence() {
    return lastSequence;
  }

  /** Checksum of the batch validated last, 0 before the first. */
  public int lastChecksum() {
    return lastChecksum;
  }
}
