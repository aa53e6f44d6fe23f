package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentStarts;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that is there, and older things that do not go. */
class SnapshotClearingTest {
  private static final int BATCH = 10;

  @TempDir Path directory;
  private final Trader trader = new Trader();
  private final TroubledDisk disk = new TroubledDisk();

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small().disk(disk), Durability.WRITTEN);
  }

  /** One at the end of each of two more files of the journal. */
  private void takeTwo(DataDirectory data) throws IOException {
    for (int i = 0; i < 2; i++) {
      take(data);
    }
  }

  private void take(DataDirectory data) throws IOException {
    trader.trade(data, 2, BATCH);
    data.journal().roll();
    assertThat(data.takeSnapshot()).isPresent();
  }

  private List<Long> snapshots() throws IOException {
    return StoredSnapshot.list(directory).stream().map(StoredSnapshot::sequenceOf).toList();
  }

  private long firstSequence() throws IOException {
    return SegmentStarts.firstSequence(JournalFiles.segments(directory).get(0)).orElseThrow();
  }

  @Test
  void shouldHaveBeenTakenThoughAnOlderOneDoesNotGo() throws IOException {
    try (DataDirectory data = open()) {
      takeTwo(data);
      disk.stubborn(path -> path.endsWith("00000000000000000020"));
      take(data);
      assertThat(snapshots()).containsExactly(60L, 40L, 20L);
      disk.stubborn(path -> false);
      take(data);
    }
    assertThat(snapshots()).containsExactly(80L, 60L);
    assertThat(firstSequence()).isEqualTo(61);
  }

  @Test
  void shouldHaveBeenTakenThoughAFileOfTheJournalDoesNotGo() throws IOException {
    try (DataDirectory data = open()) {
      takeTwo(data);
      disk.stubborn(path -> path.toString().endsWith(".cq4"));
      take(data);
      assertThat(snapshots()).containsExactly(60L, 40L);
      assertThat(firstSequence()).isEqualTo(21);
      disk.stubborn(path -> false);
      take(data);
    }
    assertThat(firstSequence()).isEqualTo(61);
  }

  /**
   * As every stop does to a snapshot that is being taken: no trouble, and nobody's to look into.
   */
  @Test
  void shouldNotWarnWhereItIsToldToEndMeanwhile() throws IOException {
    final String log;
    try (DataDirectory data = open()) {
      takeTwo(data);
      disk.stubborn(
          path -> {
            if (path.toString().contains("00000000000000000020")) {
              Thread.currentThread().interrupt();
            }
            return false;
          });
      log = Logged.by(() -> take(data));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(snapshots()).startsWith(60L);
    assertThat(log).contains("told to end while older snapshots went").doesNotContain("WARN");
  }

  @Test
  void shouldNotCountOneThatWasPassedOverAndDoesNotGo() throws IOException {
    try (DataDirectory data = open()) {
      takeTwo(data);
    }
    Files.delete(directory.resolve("snapshots/00000000000000000040/accounts"));
    try (DataDirectory data = open()) {
      disk.stubborn(path -> path.endsWith("00000000000000000040"));
      take(data);
      assertThat(snapshots()).containsExactly(60L, 40L, 20L);
      assertThat(firstSequence()).isEqualTo(21);
      disk.stubborn(path -> false);
      take(data);
    }
    assertThat(snapshots()).containsExactly(80L, 60L);
  }

  @Test
  void shouldTellWhatEndedTheWritingThoughItsRemainsDoNotGo() throws IOException {
    JournalOptions options = TestOptions.small().disk(disk).reserveBytes(1_000_000);
    try (DataDirectory data = DataDirectory.open(directory, options, Durability.WRITTEN)) {
      trader.trade(data, 2, BATCH);
      disk.usableBytes(0);
      disk.stubborn(path -> path.toString().contains("snapshots"));
      assertThatThrownBy(data::takeSnapshot)
          .hasMessageContaining("reserve")
          .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
      disk.usableBytes(Long.MAX_VALUE);
      disk.stubborn(path -> false);
      assertThat(data.takeSnapshot()).isPresent();
    }
  }
}
