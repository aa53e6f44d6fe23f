package dev.verdant.pipeline.snapshot;

import dev.verdant.protocol.codec.SnapshotOutcome;

/**
 * Puts snapshots of the ledger on disk when asked. Any thread, the ledger stage's among them:
 * nothing here waits or throws.
 */
public interface DiskSnapshots {
  /**
   * Asks for a snapshot that holds every command answered before the call. Those who ask before it
   * is begun share it.
   *
   * @return its number, counted from 1.
   */
  long begin();

  /** What has become of the snapshots asked for. */
  Progress progress();

  /**
   * What has become of the snapshots asked for.
   *
   * @param running number of the one that is being written, 0 if there is none.
   * @param ended number of the one that ended last, 0 if there is none.
   * @param outcome of that.
   * @param sequence of the newest snapshot on disk, 0 if there is none.
   * @param accounts in the last one written since the start of the server, 0 if there is none.
   * @param bytes that it has on disk.
   * @param durationMillis that it took.
   */
  record Progress(
      long running,
      long ended,
      SnapshotOutcome outcome,
      long sequence,
      long accounts,
      long bytes,
      long durationMillis) {
    /** Before anything was asked. */
    public static Progress none(long newestSequence) {
      return new Progress(0, 0, SnapshotOutcome.NONE, newestSequence, 0, 0, 0);
    }

    /** As a snapshot is begun. */
    public Progress begin(long number) {
      return new Progress(number, ended, outcome, sequence, accounts, bytes, durationMillis);
    }

    /** As the one that is being written ends, and leaves nothing new on disk. */
    public Progress end(SnapshotOutcome endedAs) {
      return new Progress(0, running, endedAs, sequence, accounts, bytes, durationMillis);
    }

    /** As the one that is being written is on disk. */
    public Progress written(
        long newSequence, long newAccounts, long newBytes, long newDurationMillis) {
      return new Progress(
          0,
          running,
          SnapshotOutcome.WRITTEN,
          newSequence,
          newAccounts,
          newBytes,
          newDurationMillis);
    }
  }
}
