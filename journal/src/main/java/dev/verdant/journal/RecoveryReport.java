package dev.verdant.journal;

/**
 * What a start found in a data directory.
 *
 * @param decision what was done.
 * @param lastSequence of the commands recovered, 0 if there were none.
 * @param batches recovered.
 * @param bytes of the batches recovered, headers included.
 * @param cut the remains of an unfinished write that were removed; null if there were none.
 * @param durationNanos from the lock to the readiness for the next command.
 */
public record RecoveryReport(
    RecoveryDecision decision,
    long lastSequence,
    long batches,
    long bytes,
    Fault cut,
    long durationNanos) {
  /** Commands recovered. */
  public long commands() {
    return lastSequence;
  }
}
