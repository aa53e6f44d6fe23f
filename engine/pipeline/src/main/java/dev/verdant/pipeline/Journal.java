package dev.verdant.pipeline;

import org.agrona.DirectBuffer;

/**
 * Keeps every command, in sequence, before it is acknowledged. The pipeline knows the journal only
 * by this interface; the Chronicle Queue behind it lives in the journal module.
 *
 * <p>Called by one thread at a time, each ordered after the one before: by whoever has the journal
 * stage's turn, its own thread or one that brings requests ({@link Engine#carryOn}). But {@link
 * #hasSpace} any thread may call, and {@link #force} one other while batches are appended.
 */
public interface Journal extends AutoCloseable {
  /** Longest batch that {@link #append} takes, in bytes. */
  int maxBatchLength();

  /**
   * Appends a batch. When it returns, the batch survives a kill of the process.
   *
   * @param firstSequence of the batch: one more than the last appended.
   * @param count of commands, at least 1.
   * @param commands holds the commands as {@link CommandBatch} lays them out, back to back.
   * @param offset of the first command's length.
   * @param length of all commands in bytes, at most {@link #maxBatchLength}.
   * @throws IllegalArgumentException if sequence, count or length are not as said; nothing was
   *     done.
   * @throws JournalException if it could not be kept whole; the journal takes no further batch.
   */
  void append(long firstSequence, int count, DirectBuffer commands, int offset, int length);

  /**
   * Forces everything appended before the call to disk. When it returns, it survives loss of power.
   *
   * @return last sequence that does, 0 if there is none.
   * @throws JournalException if the disk did not take it; the journal takes no further batch.
   */
  long force();

  /**
   * Lets the next batch begin a new file, so that the older ones hold nothing beyond {@link
   * #lastSequence} and may go once a snapshot covers them. All before is forced first, unless it
   * has been: as slow as {@link #force}.
   *
   * @throws JournalException if the disk did not take it; the journal takes no further batch.
   */
  void roll();

  /**
   * Whether there is room for more batches with some to spare. Asked before each batch with
   * commands: where not, its commands are answered OUT_OF_SPACE. For any thread.
   */
  default boolean hasSpace() {
    return true;
  }

  /** Sequence of the last command appended, 0 if there is none. */
  long lastSequence();

  @Override
  void close();
}
