package dev.verdant.journal;

/**
 * What an offline check of a journal found.
 *
 * @param sound whether a start would keep everything that was acknowledged.
 * @param cuttable whether the fault is the remains of an unfinished write that the next start cuts.
 * @param firstSequence of the commands that are right, 0 if there are none.
 * @param lastSequence of them, 0 if there are none.
 * @param batches that are right.
 * @param bytes of them, headers included.
 * @param firstTimeMillis time of the first command in milliseconds since the epoch.
 * @param lastTimeMillis time of the last command in milliseconds since the epoch.
 * @param fault the first bad record, null if there is none. In a sound journal it is the remains of
 *     an unfinished write that nobody was promised and the next start will cut, or lies below what
 *     a snapshot holds.
 */
public record VerificationReport(
    boolean sound,
    boolean cuttable,
    long firstSequence,
    long lastSequence,
    long batches,
    long bytes,
    long firstTimeMillis,
    long lastTimeMillis,
    Fault fault) {
  /** Of a scan of all files, and what a start would do. */
  static VerificationReport of(JournalScan scan, RecoveryDecision decision) {
    return new VerificationReport(
        decision != RecoveryDecision.REFUSE,
        decision == RecoveryDecision.CUT_TAIL,
        scan.firstSequence(),
        scan.journalSequence(),
        scan.batches(),
        scan.bytes(),
        scan.firstTimeMillis(),
        scan.lastTimeMillis(),
        scan.fault());
  }

  /** Commands that are right. */
  public long commands() {
    return lastSequence - firstSequence + (lastSequence == 0 ? 0 : 1);
  }
}
