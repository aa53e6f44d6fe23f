package dev.verdant.journal;

/** Options that keep test files small. */
final class TestOptions {
  private static final int MIB = 1024 * 1024;

  static JournalOptions small() {
    return new JournalOptions()
        .blockSizeBytes(8L * MIB)
        .maxBatchLength(MIB)
        .allocationBytes(2L * MIB)
        .reserveBytes(0)
        .lateForceMillis(0);
  }

  private TestOptions() {}
}
