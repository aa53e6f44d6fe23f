package dev.verdant.journal.scan;

import dev.verdant.journal.snapshot.StoredSnapshot;
import java.util.Locale;

/**
 * What a replay starts from: a snapshot, or nothing.
 *
 * @param sequence of the last command that needs no replay, 0 if there is none.
 * @param batchSequence last sequence of the last batch that ends at or before it, 0 if there is
 *     none.
 * @param batchChecksum of that batch.
 */
public record ReplayBase(long sequence, long batchSequence, int batchChecksum) {
  /** An empty ledger. */
  public static final ReplayBase NONE = new ReplayBase(0, 0, 0);

  /** What a replay behind a snapshot begins with. */
  public static ReplayBase of(StoredSnapshot snapshot) {
    return new ReplayBase(
        snapshot.sequence(),
        snapshot.journal().batchSequence(),
        snapshot.journal().batchChecksum());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "to %d with %08x", batchSequence, batchChecksum);
  }
}
