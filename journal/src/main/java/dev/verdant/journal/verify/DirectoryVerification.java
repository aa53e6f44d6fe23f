package dev.verdant.journal.verify;

import dev.verdant.ledger.Ledger;
import java.util.List;

/**
 * What an offline check of a whole data directory found.
 *
 * @param journal what was found in its files.
 * @param snapshots newest first.
 * @param replayedFrom sequence of the snapshot that the replay started from, 0 if from an empty
 *     ledger.
 * @param ledger as of the last command that is right.
 */
public record DirectoryVerification(
    VerificationReport journal,
    List<SnapshotVerification> snapshots,
    long replayedFrom,
    Ledger ledger)
    implements AutoCloseable {
  /** Frees the ledger. */
  @Override
  public void close() {
    ledger.close();
  }
}
