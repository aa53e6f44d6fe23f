package dev.verdant.bench.snapshot;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.snapshot.JournalPosition;
import dev.verdant.journal.snapshot.SnapshotWriter;
import dev.verdant.ledger.LedgerSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** What is done with a snapshot: always all of it. */
@FunctionalInterface
interface SnapshotUse {
  /** What a snapshot leaves free of the disk. */
  long RESERVE_BYTES = 1L << 30;

  /** Reads every account and lot. */
  SnapshotUse READ = LedgerSnapshot::trialBalance;

  /**
   * Uses a snapshot, which the caller closes.
   *
   * @throws dev.verdant.memory.CutAbandonedException if it has been given up.
   */
  void use(LedgerSnapshot snapshot) throws IOException;

  /** Writes it to a directory, where the newest few are kept. */
  static SnapshotUse write(Path directory) {
    final SnapshotWriter writer = new SnapshotWriter(Disk.REAL, directory, RESERVE_BYTES);
    return snapshot -> {
      writer.write(snapshot, new JournalPosition(0, 0), System.currentTimeMillis());
      writer.keepNewest(SnapshotWriter.MIN_KEPT, Set.of());
    };
  }
}
