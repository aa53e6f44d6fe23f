package dev.verdant.journal.verify;

import dev.verdant.journal.log.Check;
import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.scan.SequenceGap;
import java.util.List;
import java.util.Optional;

/**
 * What an offline check of a journal found.
 *
 * @param sound whether a start would keep everything that was acknowledged.
 * @param cuttable whether the fault is the remains of an unfinished write that the next start cuts.
 * @param endUnproven whether there are commands and no readable record of how far acknowledgements
 *     had gone: commands missing at the end cannot be noticed.
 * @param firstSequence of the commands that are right, 0 if there are none.
 * @param lastSequence of them, 0 if there are none.
 * @param batches that are right.
 * @param bytes of them, headers included.
 * @param firstTimeMillis time of the first command in milliseconds since the epoch.
 * @param lastTimeMillis time of the last command in milliseconds since the epoch.
 * @param gaps between the commands that are right, which snapshots make up for.
 * @param fault the first bad record; of a journal that is not sound the one for which a start
 *     refuses it. In a sound journal it is the remains of an unfinished write that nobody was
 *     promised and the next start will cut, or lies below what a snapshot holds.
 */
public record VerificationReport(
    boolean sound,
    boolean cuttable,
    boolean endUnproven,
    long firstSequence,
    long lastSequence,
    long batches,
    long bytes,
    long firstTimeMillis,
    long lastTimeMillis,
    List<SequenceGap> gaps,
    Optional<Fault> fault) {
  /** Of a scan of all files, and of what a start would read. */
  static VerificationReport of(JournalScan scan, JournalScan nextStart) {
    final RecoveryDecision decision = nextStart.decision();
    final boolean sound = decision != RecoveryDecision.REFUSE;
    return new VerificationReport(
        sound,
        decision == RecoveryDecision.CUT_TAIL,
        nextStart.endUnproven(),
        scan.firstSequence(),
        scan.journalSequence(),
        scan.batches(),
        scan.bytes(),
        scan.firstTimeMillis(),
        scan.lastTimeMillis(),
        SequenceGap.of(scan.segments()),
        sound ? ofSound(scan) : nextStart.fault());
  }

  /** Where there is no journal yet, as in a directory that was recovered, none ends too early. */
  private static Optional<Fault> ofSound(JournalScan scan) {
    return scan.fault().filter(fault -> fault.check() != Check.ACKNOWLEDGED || scan.batches() > 0);
  }

  /** Commands that are right. */
  public long commands() {
    final long missing = gaps.stream().mapToLong(SequenceGap::commands).sum();
    return lastSequence == 0 ? 0 : lastSequence - firstSequence + 1 - missing;
  }
}
