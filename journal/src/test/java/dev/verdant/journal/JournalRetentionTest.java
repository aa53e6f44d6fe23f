package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentStarts;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.SnapshotVerification;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes when a snapshot has been taken, and what stays. */
class JournalRetentionTest {
  /** Its index takes the most of it; 16 MiB are claimed ahead. */
  private static final long MOST_OF_A_SMALL_FILE = 2 << 20;

  private static final int BATCH = 10;
  private static final Retention WHOLE = Retention.DEFAULT.withWholeJournal(true);

  @TempDir Path directory;
  private final Trader trader = new Trader();

  private DataDirectory open(int kept) throws IOException {
    return open(new Retention(kept, false));
  }

  private DataDirectory open(Retention retention) throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), retention, Durability.WRITTEN);
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
      assertThat(found.journal().fault()).isEmpty();
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
  void shouldLeaveAFileThatIsDoneNoMoreOfTheDiskThanItNeeds() throws Exception {
    try (DataDirectory data =
        DataDirectory.open(directory, new JournalOptions(), WHOLE, Durability.WRITTEN)) {
      for (int i = 0; i < 3; i++) {
        trader.trade(data, 2, BATCH);
        data.journal().roll();
      }
      trader.trade(data, 2, BATCH);
      final List<Path> segments = JournalFiles.segments(directory);
      assertThat(segments).hasSize(4);
      for (Path done : segments.subList(0, 3)) {
        assertThat(StoredBytes.of(done)).as("%s", done).isBetween(1L, MOST_OF_A_SMALL_FILE);
      }
    }
    assertThat(JournalVerifier.verify(directory, (at, buffer, offset, length) -> {}))
        .matches(VerificationReport::sound)
        .matches(report -> report.commands() == 8 * BATCH);
  }

  @Test
  void shouldKeepTheFileWhoseLastCommandIsTheOnlyOneAfterTheSnapshot() throws IOException {
    try (DataDirectory data = open(2)) {
      trader.trade(data, 2, BATCH);
      data.journal().roll();
      trader.trade(data, 2, BATCH);
    }
    assertThat(JournalRetention.deleteBelow(Disk.REAL, directory, 19)).isZero();
    assertThat(firstSequences()).containsExactly(1L, 21L);
    assertThat(JournalRetention.deleteBelow(Disk.REAL, directory, 20)).isOne();
    assertThat(firstSequences()).containsExactly(21L);
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
  void shouldNotCountASnapshotThatTheStartHasPassedOver() throws IOException {
    takeTwo();
    damage(40);
    try (DataDirectory data = open(2)) {
      assertThat(data.recovery().snapshotSequence()).isEqualTo(20);
      assertThat(data.newestSnapshotSequence()).isEqualTo(20);
      trader.trade(data, 2, BATCH);
      data.takeSnapshot();
    }
    assertThat(snapshots()).containsExactly(60L, 20L);
    assertThat(firstSequences().get(0)).isEqualTo(21);
    // What two are kept for.
    damage(60);
    try (DataDirectory data = open(2)) {
      assertThat(data.recovery().snapshotSequence()).isEqualTo(20);
      assertThat(data.ledger().sequence()).isEqualTo(60);
    }
  }

  @Test
  void shouldTakeTheSnapshotAgainThatTheStartHasPassedOver() throws IOException {
    takeTwo();
    damage(40);
    try (DataDirectory data = open(2)) {
      assertThat(data.takeSnapshot()).isPresent();
      assertThat(data.takeSnapshot()).isEmpty();
    }
    assertThat(snapshots()).containsExactly(40L, 20L);
    try (DataDirectory data = open(2)) {
      assertThat(data.recovery().snapshotSequence()).isEqualTo(40);
    }
  }

  /** Snapshots of 20 and 40 commands, each at the end of a file of the journal. */
  private void takeTwo() throws IOException {
    try (DataDirectory data = open(2)) {
      for (int i = 0; i < 2; i++) {
        trader.trade(data, 2, BATCH);
        data.journal().roll();
        data.takeSnapshot();
      }
    }
  }

  /** Flips a bit of a snapshot's accounts. */
  private void damage(long sequence) throws IOException {
    Path accounts =
        StoredSnapshot.list(directory).stream()
            .filter(path -> StoredSnapshot.sequenceOf(path) == sequence)
            .findFirst()
            .orElseThrow()
            .resolve("accounts");
    byte[] bytes = Files.readAllBytes(accounts);
    bytes[bytes.length / 2] ^= 1;
    Files.write(accounts, bytes);
  }

  @Test
  void shouldKeepTheWholeJournalWhereItIsToBeKept() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (DataDirectory data = open(WHOLE)) {
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
    }
    assertThat(snapshots()).containsExactly(80L, 60L);
    assertThat(firstSequences()).containsExactly(1L, 21L, 41L, 61L);
    // As after a change of the snapshots' layout.
    damage(80);
    damage(60);
    try (DataDirectory data = open(WHOLE)) {
      assertThat(data.recovery().snapshotFaults()).hasSize(2);
      assertThat(data.recovery().replayed()).isEqualTo(80);
    }
  }

  @Test
  void shouldGoOnKeepingTheJournalWhereASingleStartForgetsTo() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (DataDirectory data = open(i == 0 ? WHOLE : Retention.DEFAULT)) {
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
    }
    assertThat(firstSequences()).containsExactly(1L, 21L, 41L, 61L);
    Files.delete(directory.resolve("keep-journal"));
    try (DataDirectory data = open(2)) {
      trader.trade(data, 2, BATCH);
      data.takeSnapshot();
    }
    assertThat(firstSequences()).containsExactly(81L);
  }

  @Test
  void shouldKeepTheJournalWhereTheMarkCannotBeLookedAt() throws IOException {
    Path loop = directory.resolve("keep-journal");
    Files.createSymbolicLink(loop, loop);
    for (int i = 0; i < 4; i++) {
      try (DataDirectory data = open(2)) {
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
    }
    assertThat(firstSequences()).containsExactly(1L, 21L, 41L, 61L);
  }

  @Test
  void shouldLeaveTheDirectoryToOthersWhereTheMarkCannotBeSet() throws IOException {
    Path dangling = directory.resolve("keep-journal");
    Files.createSymbolicLink(dangling, directory.resolve("nowhere"));
    assertThatThrownBy(() -> open(WHOLE)).isInstanceOf(FileAlreadyExistsException.class);
    Files.delete(dangling);
    open(WHOLE).close();
  }

  @Test
  void shouldLeaveWhatSomebodyHasPutIntoAGenerationAndItsNumber() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (DataDirectory data = open(WHOLE)) {
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
    }
    // As gzip does, and a word about it.
    Path first = JournalFiles.segments(directory).get(0);
    Path compressed = first.resolveSibling("19700101L.cq4.gz");
    Files.move(first, compressed);
    Path second = JournalFiles.segments(directory).get(0);
    Path word = Files.createFile(second.resolveSibling("README"));
    Files.move(second, second.resolveSibling("19700101L.cq4.gz"));
    for (int i = 0; i < 2; i++) {
      try (DataDirectory data = open(WHOLE)) {
        assertThat(data.recovery().snapshotFaults()).isEmpty();
        trader.trade(data, 2, BATCH);
        data.takeSnapshot();
      }
    }
    assertThat(List.of(compressed, word)).allMatch(Files::exists);
    assertThat(firstSequences()).containsExactly(41L, 61L);
    assertThat(JournalFiles.generations(directory)).hasSize(4);
  }

  @Test
  void shouldLeaveAGenerationInWhichSomebodyHasPutSomethingWhenItsSegmentsGo() throws IOException {
    Path word = null;
    for (int i = 0; i < 3; i++) {
      try (DataDirectory data = open(2)) {
        trader.trade(data, 2, BATCH);
        if (word == null) {
          word = JournalFiles.generations(directory).get(0).resolve("README");
          Files.createFile(word);
        }
        data.takeSnapshot();
      }
    }
    assertThat(firstSequences()).containsExactly(41L);
    assertThat(word).exists();
    assertThat(JournalFiles.generations(directory))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("00000001", "00000003");
  }

  @Test
  void shouldRefuseToKeepFewerThanTwo() {
    assertThatThrownBy(() -> open(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kept snapshots must be at least 2, not 1");
  }
}
