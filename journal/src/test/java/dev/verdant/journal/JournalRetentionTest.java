package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when a snapshot has been taken, and what stays. */
class JournalRetentionTest {
  private static final int BATCH = 10;

  @TempDir Path directory;
  private final Trader trader = new Trader();

  private DataDirectory open(int kept) throws IOException {
    return DataDirectory.open(
        directory, TestOptions.small().keptSnapshots(kept), Durability.WRITTEN);
  }

  private List<Long> firstSequences() throws IOException {
    return JournalFiles.segments(directory).stream()
        .map(segment -> SegmentStarts.firstSequence(segment).orElseThrow())
        .toList();
  }

  private List<Long> snapshots() throws IOException {
    return StoredSnapshot.list(directory).stream().map(StoredSnapshot::sequenceOf).toList();
  }

  @Test
  void shouldKeepTheNewestSnapshotsAndEveryFileThatTheOldestOfThemNeeds() throws IOException {
    try (DataDirectory data = open(3)) {
      for (int i = 0; i < 5; i++) {
        trader.trade(data, 2, BATCH);
        data.journal().roll();
        // Two batches to a file, and a snapshot after the first of the next: never at a file's end.
        trader.trade(data, 1, BATCH);
        data.takeSnapshot();
      }
    }
    assertThat(snapshots()).containsExactly(150L, 120L, 90L);
    // Files began at 1, 21, 51, 81, 111 and 141; the command after 90 is in the one from 81.
    assertThat(firstSequences()).containsExactly(81L, 111L, 141L);
    try (DirectoryVerification found = JournalVerifier.verifyAll(directory)) {
      assertThat(found.journal().fault()).isNull();
      assertThat(found.journal().firstSequence()).isEqualTo(81);
      assertThat(found.replayedFrom()).isEqualTo(90);
      assertThat(found.ledger().sequence()).isEqualTo(150);
      assertThat(found.snapshots())
          .extracting(SnapshotVerification::comparison)
          .containsExactly(
              SnapshotVerification.Comparison.EQUAL,
              SnapshotVerification.Comparison.EQUAL,
              SnapshotVerification.Comparison.NOT_POSSIBLE);
    }
  }

  @Test
  void shouldDeleteNothingBeforeThereAreAsManySnapshotsAsAreKept() throws IOException {
    try (DataDirectory data = open(2)) {
      trader.trade(data, 2, BATCH);
      data.journal().roll();
      data.takeSnapshot();
      trader.trade(data, 2, BATCH);
    }
    assertThat(snapshots()).containsExactly(20L);
    assertThat(firstSequences()).containsExactly(1L, 21L);
  }

  @Test
  void shouldDeleteGenerationsThatAreWhollyBelowTheOldestSnapshot() throws IOException {
    for (int generation = 1; generation <= 4; generation++) {
      try (DataDirectory data = open(2)) {
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
    }
    assertThat(snapshots()).containsExactly(80L, 60L);
    assertThat(firstSequences()).containsExactly(61L);
    assertThat(JournalFiles.generations(directory))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("00000004");
  }

  @Test
  void shouldRefuseToKeepFewerThanTwo() {
    assertThatThrownBy(() -> open(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keptSnapshots must be at least 2, not 1");
  }
}
