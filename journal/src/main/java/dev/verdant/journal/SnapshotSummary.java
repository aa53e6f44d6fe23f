package dev.verdant.journal;

import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One snapshot of a data directory, as its manifest tells.
 *
 * @param path its directory, as seen from the data directory.
 * @param manifest empty if it cannot be used.
 * @param fault why not.
 */
public record SnapshotSummary(
    Path path, Optional<StoredSnapshot> manifest, Optional<SnapshotFault> fault) {
  /** All of a data directory, newest first. */
  static List<SnapshotSummary> of(Path directory) throws IOException {
    final List<SnapshotSummary> summaries = new ArrayList<>();
    for (Path snapshot : StoredSnapshot.list(directory)) {
      final Path path = directory.relativize(snapshot);
      try {
        summaries.add(
            new SnapshotSummary(
                path, Optional.of(StoredSnapshot.open(snapshot)), Optional.empty()));
      } catch (SnapshotDamagedException e) {
        summaries.add(new SnapshotSummary(path, Optional.empty(), Optional.of(e.fault())));
      }
    }
    return summaries;
  }

  /** Where replays may start, newest first. */
  static List<ReplayBase> bases(List<SnapshotSummary> snapshots) {
    return snapshots.stream()
        .flatMap(snapshot -> snapshot.manifest().stream())
        .map(ReplayBase::of)
        .toList();
  }
}
