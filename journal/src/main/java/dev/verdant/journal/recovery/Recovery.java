package dev.verdant.journal.recovery;

import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.ReplayBase;
import dev.verdant.journal.snapshot.LedgerId;
import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a data directory back: the newest snapshot that is whole and of this journal, then the
 * commands behind it. Where no snapshot is of use, all commands from the first. Changes nothing.
 */
public final class Recovery {
  private static final Logger LOGGER = LoggerFactory.getLogger(Recovery.class);

  private final Path directory;
  private final RecoveryTarget target;
  private final List<SnapshotFault> snapshotFaults = new ArrayList<>();
  private ReplayBase base = ReplayBase.NONE;
  private Optional<LedgerId> ledger = Optional.empty();
  private JournalScan scan;
  private long replayNanos;

  private Recovery(Path directory, RecoveryTarget target) {
    this.directory = directory;
    this.target = target;
  }

  /**
   * Reads all of it.
   *
   * @throws IOException if the directory cannot be read.
   */
  public static Recovery of(Path directory, RecoveryTarget target) throws IOException {
    return of(directory, Long.MAX_VALUE, target);
  }

  /** Passes over snapshots that are newer than a sequence. */
  public static Recovery of(Path directory, long newestSnapshot, RecoveryTarget target)
      throws IOException {
    final Recovery recovery = new Recovery(directory, target);
    if (target.takesSnapshots()) {
      recovery.restoreNewest(newestSnapshot);
    }
    final long startNanos = System.nanoTime();
    final ReplayBase base = recovery.base;
    recovery.scan =
        CommandHandOver.run(
            sink -> JournalScan.of(directory, base, sink),
            new CommandFeed(base.sequence(), target));
    recovery.replayNanos = System.nanoTime() - startNanos;
    return recovery;
  }

  private void restoreNewest(long newest) throws IOException {
    for (Path path : StoredSnapshot.list(directory)) {
      if (StoredSnapshot.sequenceOf(path) > newest) {
        continue;
      }
      try {
        final StoredSnapshot snapshot = StoredSnapshot.open(path);
        SnapshotTrial.pass(directory, snapshot, target::restore);
        base = ReplayBase.of(snapshot);
        ledger = snapshot.ledger();
        return;
      } catch (SnapshotDamagedException e) {
        note(e.fault());
      }
    }
  }

  private void note(SnapshotFault fault) {
    LOGGER.warn("passed over: {}", fault);
    snapshotFaults.add(fault);
  }

  /** What was found in the journal behind the snapshot. */
  public JournalScan scan() {
    return scan;
  }

  /** How long that took. */
  public long replayNanos() {
    return replayNanos;
  }

  /** The snapshot that was used. */
  public ReplayBase base() {
    return base;
  }

  /** The ledger of the snapshot that was used, where that says it. */
  public Optional<LedgerId> ledger() {
    return ledger;
  }

  /** Newer snapshots that were of no use, newest first. */
  public List<SnapshotFault> snapshotFaults() {
    return snapshotFaults;
  }
}
