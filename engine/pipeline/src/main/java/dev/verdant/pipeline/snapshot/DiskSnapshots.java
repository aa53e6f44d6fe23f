package dev.verdant.pipeline.snapshot;

/** Puts snapshots of the ledger on disk when asked. Any thread; nothing here waits. */
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

  /** How a snapshot ended. */
  enum Outcome {
    /** None has ended yet. */
    NONE,
    /** It is on disk. */
    WRITTEN,
    /** There was nothing to write: no command since the one before, or none at all. */
    UNCHANGED,
    /** It could not be written; the server's log says why. */
    FAILED
  }

  /**
   * What has become of the snapshots asked for.
   *
   * @param running number of the one that is being written, 0 if there is none.
   * @param ended number of the one that ended last, 0 if there is none.
   * @param outcome of that.
   * @param sequence of the newest snapshot on disk, 0 if there is none.
   * @param bytes of the last one written since the start of the server, 0 if there is none.
   * @param durationMillis that it took.
   */
  record Progress(
      long running, long ended, Outcome outcome, long sequence, long bytes, long durationMillis) {
    /** Before anything was asked. */
    public static Progress none(long newestSequence) {
      return new Progress(0, 0, Outcome.NONE, newestSequence, 0, 0);
    }
  }
}
