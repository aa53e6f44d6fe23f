package dev.verdant.journal.scan;

import java.nio.file.Path;

/**
 * What one file of a journal holds, up to its first bad record.
 *
 * @param file from the data directory.
 * @param fileLength in bytes, zeros behind the last batch included.
 * @param firstSequence of the commands that are right, 0 if there are none.
 * @param lastSequence of them, 0 if there are none.
 * @param firstTimeMillis time of the first command in milliseconds since the epoch.
 * @param lastTimeMillis time of the last command in milliseconds since the epoch.
 * @param batches that are right.
 * @param bytes of them, headers included.
 */
public record SegmentSummary(
    Path file,
    long fileLength,
    long firstSequence,
    long lastSequence,
    long firstTimeMillis,
    long lastTimeMillis,
    long batches,
    long bytes) {
  /** Commands that are right. */
  public long commands() {
    return batches == 0 ? 0 : lastSequence - firstSequence + 1;
  }

  /** Whether the command of this sequence is in it, and right. */
  public boolean holds(long sequence) {
    return batches > 0 && sequence >= firstSequence && sequence <= lastSequence;
  }

  /** Directory of the queue that it belongs to: one for each start of an engine. */
  public Path generation() {
    return file.getParent().getFileName();
  }
}
