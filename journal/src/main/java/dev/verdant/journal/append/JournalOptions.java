package dev.verdant.journal.append;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.Batches;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.protocol.Limits;

/**
 * How the journal uses its files. Set what differs, then {@link #conclude()}; not to be changed
 * afterwards.
 */
public final class JournalOptions {
  /** Free MiB of the disk below which no more commands are taken, where no other bound is set. */
  public static final int DEFAULT_RESERVE_MIB = 256;

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** Chronicle takes no excerpt longer than this part of a block. */
  private static final int EXCERPTS_PER_BLOCK = 4;

  private long blockSizeBytes = 32L * MIB;
  private int maxBatchLength = MIB;
  private long reserveBytes = (long) DEFAULT_RESERVE_MIB * MIB;
  private long allocationBytes = 16L * MIB;
  private long lateForceMillis = 1_000;
  private Disk disk = Disk.REAL;

  /**
   * Bytes that are mapped at once, and so stay in memory: a block that has been left is let go of.
   * At least 4 times the longest batch and its header.
   */
  public JournalOptions blockSizeBytes(long bytes) {
    blockSizeBytes = bytes;
    return this;
  }

  long blockSizeBytes() {
    return blockSizeBytes;
  }

  /** Longest batch in bytes, from the longest command to {@link Batches#MAX_LENGTH}. */
  public JournalOptions maxBatchLength(int bytes) {
    maxBatchLength = bytes;
    return this;
  }

  int maxBatchLength() {
    return maxBatchLength;
  }

  /** Free bytes of the disk below which no more commands should be taken, 0 or more. */
  public JournalOptions reserveBytes(long bytes) {
    reserveBytes = bytes;
    return this;
  }

  /** Free bytes of the disk below which no more commands should be taken. */
  public long reserveBytes() {
    return reserveBytes;
  }

  /** Disk blocks are claimed this many bytes ahead; at least twice the longest batch. */
  public JournalOptions allocationBytes(long bytes) {
    allocationBytes = bytes;
    return this;
  }

  /** Bytes of disk blocks claimed ahead. */
  public long allocationBytes() {
    return allocationBytes;
  }

  /**
   * With {@code written}, what was appended is forced in the background after so many milliseconds,
   * as long as it is little ({@link LateForce}); 0 for never.
   */
  public JournalOptions lateForceMillis(long millis) {
    lateForceMillis = millis;
    return this;
  }

  /** Milliseconds until what was appended with {@code written} is forced; 0 for never. */
  public long lateForceMillis() {
    return lateForceMillis;
  }

  /** The disk under the files: another one in tests that stand in for it. */
  public JournalOptions disk(Disk other) {
    disk = other;
    return this;
  }

  /** The disk under the files. */
  public Disk disk() {
    return disk;
  }

  /**
   * Checks that the options fit each other.
   *
   * @throws IllegalArgumentException naming the option that does not, with its value.
   */
  public JournalOptions conclude() {
    final int longestCommand = CommandBatch.encodedLength(Limits.MAX_MESSAGE_LENGTH);
    if (maxBatchLength < longestCommand || maxBatchLength > Batches.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "maxBatchLength must be "
              + longestCommand
              + ".."
              + Batches.MAX_LENGTH
              + ", not "
              + maxBatchLength);
    }
    final long longestExcerpt = maxBatchLength + 64L * KIB;
    if (blockSizeBytes < EXCERPTS_PER_BLOCK * longestExcerpt) {
      throw new IllegalArgumentException(
          "blockSizeBytes must be at least "
              + EXCERPTS_PER_BLOCK * longestExcerpt
              + " for batches of "
              + maxBatchLength
              + ", not "
              + blockSizeBytes);
    }
    if (reserveBytes < 0) {
      throw new IllegalArgumentException("reserveBytes must not be negative: " + reserveBytes);
    }
    if (allocationBytes < 2L * maxBatchLength) {
      throw new IllegalArgumentException(
          "allocationBytes must be at least " + 2L * maxBatchLength + ", not " + allocationBytes);
    }
    return this;
  }
}
