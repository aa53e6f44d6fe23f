package dev.verdant.journal.verify;

import dev.verdant.journal.recovery.SnapshotTrial;
import dev.verdant.journal.scan.ReplayBase;
import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One snapshot of a data directory, every byte of it checked.
 *
 * @param path its directory, as seen from the data directory.
 * @param manifest empty if it cannot be read.
 * @param fault why a start passes over it; empty if it does not.
 */
public record SnapshotSummary(
    Path path, Optional<StoredSnapshot> manifest, Optional<SnapshotFault> fault) {
  /** All of a data directory, newest first. */
  static List<SnapshotSummary> of(Path directory) throws IOException {
    final List<SnapshotSummary> summaries = new ArrayList<>();
    for (Path snapshot : StoredSnapshot.list(directory)) {
      summaries.add(of(directory, snapshot));
    }
    return summaries;
  }

  private static SnapshotSummary of(Path directory, Path snapshot) throws IOException {
    final Path path = directory.relativize(snapshot);
    Optional<StoredSnapshot> manifest = Optional.empty();
    try {
      final StoredSnapshot stored = StoredSnapshot.open(snapshot);
      manifest = Optional.of(stored);
      SnapshotTrial.pass(directory, stored, StoredSnapshot::check);
      return new SnapshotSummary(path, manifest, Optional.empty());
    } catch (SnapshotDamagedException e) {
      return new SnapshotSummary(path, manifest, Optional.of(e.fault()));
    }
  }

  /** Those that a start can go on from, newest first. */
  static List<StoredSnapshot> good(List<SnapshotSummary> snapshots) {
    return snapshots.stream()
        .filter(snapshot -> snapshot.fault().isEmpty())
        .flatMap(snapshot -> snapshot.manifest().stream())
        .toList();
  }

  /** Where replays may start, newest first. */
  static List<ReplayBase> bases(List<SnapshotSummary> snapshots) {
    return good(snapshots).stream().map(ReplayBase::of).toList();
  }
}
