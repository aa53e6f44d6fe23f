package dev.verdant.journal;

import dev.verdant.journal.append.JournalOptions;

/** Options that keep test files small. */
public final class TestOptions {
  private static final int MIB = 1024 * 1024;

  public static JournalOptions small() {
    return new JournalOptions()
        .blockSizeBytes(8L * MIB)
        .maxBatchLength(MIB)
        .allocationBytes(2L * MIB)
        .reserveBytes(0)
        .lateForceMillis(0);
  }

  private TestOptions() {}
}
