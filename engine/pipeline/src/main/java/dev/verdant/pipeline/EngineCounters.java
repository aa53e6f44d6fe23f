package dev.verdant.pipeline;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the engine has done since its launch. Written by the stages, once a batch: each value by one
 * stage, so on the thread that has the stage's turn ({@link StageProcessor}). Readable from any
 * thread, each value by itself.
 */
public final class EngineCounters {
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong commands = new AtomicLong();
  private final AtomicLong queries = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong replies = new AtomicLong();
  private final AtomicLong journaledBatches = new AtomicLong();
  private final AtomicLong forces = new AtomicLong();
  private final AtomicLong keptForSnapshotsBytes = new AtomicLong();
  private final AtomicLong abandonedSnapshots = new AtomicLong();

  EngineCounters() {}

  /** Batches that went through the ledger stage. */
  public long batches() {
    return batches.get();
  }

  /** Commands journaled and applied, whatever the ledger answered. */
  public long commands() {
    return commands.get();
  }

  /** Queries answered by the ledger. */
  public long queries() {
    return queries.get();
  }

  /**
   * Requests that never reached the ledger: malformed, unknown, without space, or after a failure.
   */
  public long refused() {
    return refused.get();
  }

  /** Batches that the journal has kept, one excerpt each. */
  public long journaledBatches() {
    return journaledBatches.get();
  }

  /** Forces of the journal that replies waited for: none where {@code written} is promised. */
  public long forces() {
    return forces.get();
  }

  /** Bytes kept off heap for open snapshots, as of the last batch. */
  public long keptForSnapshotsBytes() {
    return keptForSnapshotsBytes.get();
  }

  /** Snapshots given up, since what they would have kept did not fit the limit. */
  public long abandonedSnapshots() {
    return abandonedSnapshots.get();
  }

  /** Replies of every kind handed to their connections, but for those to bulk queries. */
  public long replies() {
    return replies.get();
  }

  /**
   * Ledger stage, or the commit stage that answers in its place in a failed engine: after its last
   * call, as {@link ReplyTurn} has it.
   */
  void addBatch(int commandCount, int queryCount, int refusedCount) {
    add(batches, 1);
    add(commands, commandCount);
    add(queries, queryCount);
    add(refused, refusedCount);
  }

  /** Ledger stage only. */
  void noteSnapshots(long keptBytes, long abandoned) {
    keptForSnapshotsBytes.setRelease(keptBytes);
    abandonedSnapshots.setRelease(abandoned);
  }

  /** Journal stage only. */
  void addJournaledBatch() {
    add(journaledBatches, 1);
  }

  /** Commit stage only. */
  void addForce() {
    add(forces, 1);
  }

  /** Reply stage only. */
  void addReplies(int count) {
    add(replies, count);
  }

  /** One writer at a time, each ordered after the one before: no need of an atomic addition. */
  private static void add(AtomicLong counter, int count) {
    counter.setRelease(counter.getPlain() + count);
  }
}
