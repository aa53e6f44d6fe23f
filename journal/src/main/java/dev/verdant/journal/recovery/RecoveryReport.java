package dev.verdant.journal.recovery;

import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.snapshot.SnapshotFault;
import java.util.List;
import java.util.Optional;

/**
 * What a start found in a data directory.
 *
 * @param decision what was done.
 * @param snapshotSequence of the snapshot that was loaded, 0 if there was none.
 * @param lastSequence of the commands recovered, 0 if there were none.
 * @param batches read from the journal.
 * @param bytes of these batches, headers included.
 * @param cut the remains of an unfinished write that were removed, if there were any.
 * @param endUnproven whether there were commands and no readable record of how far acknowledgements
 *     had gone: commands missing at the end could not be noticed.
 * @param snapshotFaults why newer snapshots were passed over, newest first.
 * @param replayNanos of reading and applying the journal behind the snapshot.
 * @param durationNanos from the lock to the readiness for the next command.
 */
public record RecoveryReport(
    RecoveryDecision decision,
    long snapshotSequence,
    long lastSequence,
    long batches,
    long bytes,
    Optional<Fault> cut,
    boolean endUnproven,
    List<SnapshotFault> snapshotFaults,
    long replayNanos,
    long durationNanos) {
  /**
   * What was found by a recovery, whose directory is ready for the next command.
   *
   * @param durationNanos that the start has taken.
   */
  public static RecoveryReport of(Recovery recovered, long durationNanos) {
    final JournalScan scan = recovered.scan();
    final RecoveryDecision decision = scan.decision();
    return new RecoveryReport(
        decision,
        recovered.base().sequence(),
        scan.lastSequence(),
        scan.batches(),
        scan.bytes(),
        decision == RecoveryDecision.CUT_TAIL ? scan.fault() : Optional.empty(),
        scan.endUnproven(),
        List.copyOf(recovered.snapshotFaults()),
        recovered.replayNanos(),
        durationNanos);
  }

  /** Commands recovered, those in the snapshot included. */
  public long commands() {
    return lastSequence;
  }

  /** Commands recovered from the journal. */
  public long replayed() {
    return lastSequence - snapshotSequence;
  }
}
