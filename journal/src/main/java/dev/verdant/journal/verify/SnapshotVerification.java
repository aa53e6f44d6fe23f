package dev.verdant.journal.verify;

import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an offline check of one snapshot found.
 *
 * @param path its directory.
 * @param sequence of the last command in it.
 * @param accounts number of accounts, 0 if it is damaged.
 * @param bytes of its parts, 0 if it is damaged.
 * @param comparison with what the commands make.
 * @param fault empty if every checksum is right.
 */
public record SnapshotVerification(
    Path path,
    long sequence,
    long accounts,
    long bytes,
    Comparison comparison,
    Optional<SnapshotFault> fault) {
  /** With what a replay makes of all commands up to the same sequence. */
  public enum Comparison {
    /** The digests are the same, and that in its manifest. */
    EQUAL,
    /** They are not. */
    DIFFERENT,
    /** The journal does not reach back far enough, or not to its sequence. */
    NOT_POSSIBLE
  }

  static SnapshotVerification damaged(Path path, SnapshotFault fault) {
    return new SnapshotVerification(
        path, fault.sequence(), 0, 0, Comparison.NOT_POSSIBLE, Optional.of(fault));
  }

  static SnapshotVerification of(StoredSnapshot snapshot, Comparison comparison) {
    return new SnapshotVerification(
        snapshot.path(),
        snapshot.sequence(),
        snapshot.accounts(),
        snapshot.bytes(),
        comparison,
        Optional.empty());
  }

  /** Whether every check passed. */
  public boolean sound() {
    return fault.isEmpty() && comparison != Comparison.DIFFERENT;
  }
}
