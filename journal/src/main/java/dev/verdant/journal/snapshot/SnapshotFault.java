package dev.verdant.journal.snapshot;

import java.nio.file.Path;

/**
 * Why a snapshot is of no use.
 *
 * @param sequence of the snapshot.
 * @param file that is bad.
 * @param position of the first bad chunk in the file, in bytes.
 * @param check that failed.
 * @param detail what was found.
 */
public record SnapshotFault(
    long sequence, Path file, long position, SnapshotCheck check, String detail) {
  @Override
  public String toString() {
    return "snapshot "
        + sequence
        + ", "
        + file
        + " at "
        + position
        + ", check "
        + check
        + " ("
        + check.description()
        + "): "
        + detail;
  }
}
