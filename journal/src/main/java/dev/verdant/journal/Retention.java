package dev.verdant.journal;

import dev.verdant.journal.snapshot.SnapshotWriter;

/**
 * What stays in a data directory once there is a newer snapshot.
 *
 * @param snapshots how many stay, the newest; at least {@link SnapshotWriter#MIN_KEPT}.
 * @param wholeJournal whether the journal's files below the oldest snapshot stay, so that the whole
 *     history can be replayed: for an audit, or by a program whose snapshots are of another layout.
 *     Otherwise they go, unless the directory has ever been opened with this ({@code
 *     keep-journal}).
 */
public record Retention(int snapshots, boolean wholeJournal) {
  /** The fewest snapshots, and of the journal what they need. */
  public static final Retention DEFAULT = new Retention(SnapshotWriter.MIN_KEPT, false);

  /**
   * Checks the number of snapshots.
   *
   * @throws IllegalArgumentException if they are too few.
   */
  public Retention {
    if (snapshots < SnapshotWriter.MIN_KEPT) {
      throw new IllegalArgumentException(
          "kept snapshots must be at least " + SnapshotWriter.MIN_KEPT + ", not " + snapshots);
    }
  }

  /** The same, with the whole journal or without. */
  public Retention withWholeJournal(boolean kept) {
    return new Retention(snapshots, kept);
  }
}
