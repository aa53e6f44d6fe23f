package dev.verdant.journal;

/**
 * What an offline check of a journal found.
 *
 * @param sound whether a start would keep everything that was acknowledged.
 * @param firstSequence of the commands that are right, 0 if there are none.
 * @param lastSequence of them, 0 if there are none.
 * @param batches that are right.
 * @param bytes of them, headers included.
 * @param firstTimeMillis time of the first command in milliseconds since the epoch.
 * @param lastTimeMillis time of the last command in milliseconds since the epoch.
 * @param fault the first bad record; in a sound journal the remains of an unfinished write that
 *     nobody was promised and the next start will cut; null if there is neither.
 */
public record VerificationReport(
    boolean sound,
    long firstSequence,
    long lastSequence,
    long batches,
    long bytes,
    long firstTimeMillis,
    long lastTimeMillis,
    Fault fault) {
  static VerificationReport of(JournalScan scan) {
    return new VerificationReport(
        scan.decision() != RecoveryDecision.REFUSE,
        Math.min(1, scan.lastSequence()),
        scan.lastSequence(),
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
