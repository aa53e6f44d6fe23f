package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.snapshot.SnapshotCheck;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalInspection;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.SnapshotVerification;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the offline checks say of a start, and what it does: with snapshots at 100 and 200, and a
 * journal from 101 to 260.
 */
class NextStartTest {
  private static final int BATCH = 10;
  private static final long OLDER = 100;
  private static final long NEWER = 200;
  private static final long LAST = 260;

  @TempDir Path directory;
  private final Trader trader = new Trader();
  private List<Path> snapshots;

  @BeforeEach
  void write() throws IOException {
    try (DataDirectory data = open()) {
      for (int i = 0; i < 2; i++) {
        trader.trade(data, 10, BATCH);
        data.journal().roll();
        data.takeSnapshot();
      }
      trader.trade(data, 6, BATCH);
    }
    snapshots = StoredSnapshot.list(directory);
  }

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  private static void damage(Path snapshot) throws IOException {
    final Path accounts = snapshot.resolve("accounts");
    final byte[] bytes = Files.readAllBytes(accounts);
    bytes[bytes.length / 2] ^= 1;
    Files.write(accounts, bytes);
  }

  /** The checks agree with one another, and with the start that comes then. */
  private DirectoryVerification check(RecoveryDecision expected) throws IOException {
    final JournalInspection inspection = JournalInspection.of(directory);
    assertThat(inspection.decision()).isEqualTo(expected);
    final DirectoryVerification found = JournalVerifier.verifyAll(directory);
    final boolean starts = expected != RecoveryDecision.REFUSE;
    assertThat(found.journal().sound()).isEqualTo(starts);
    assertThat(inspection.journal()).isEqualTo(found.journal());
    assertThat(JournalVerifier.verify(directory, (sequence, buffer, offset, length) -> {}))
        .isEqualTo(found.journal());
    try (DataDirectory data = open()) {
      assertThat(data.recovery().decision()).isEqualTo(expected);
    } catch (JournalDamagedException e) {
      assertThat(starts).as("%s", e).isFalse();
      assertThat(found.journal().fault()).contains(e.fault());
    }
    return found;
  }

  private static List<Optional<SnapshotCheck>> checks(DirectoryVerification found) {
    return found.snapshots().stream()
        .map(snapshot -> snapshot.fault().map(SnapshotFault::check))
        .toList();
  }

  @Test
  void shouldGoOnFromTheNewest() throws IOException {
    try (DirectoryVerification found = check(RecoveryDecision.CONTINUE)) {
      assertThat(checks(found)).containsExactly(Optional.empty(), Optional.empty());
    }
  }

  @Test
  void shouldTellASnapshotOfAnotherJournalAndCheckThisOne() throws IOException {
    SnapshotRecoveryTest.makeForeign(snapshots.get(0));
    try (DirectoryVerification found = check(RecoveryDecision.CONTINUE)) {
      assertThat(checks(found))
          .containsExactly(Optional.of(SnapshotCheck.JOURNAL), Optional.empty());
      assertThat(found.snapshots())
          .extracting(SnapshotVerification::sequence)
          .containsExactly(NEWER, OLDER);
      assertThat(found.journal().fault()).isEmpty();
      assertThat(found.journal().lastSequence()).isEqualTo(LAST);
      assertThat(found.ledger().sequence()).isEqualTo(LAST);
    }
  }

  @Test
  void shouldGoOnFromTheOlderWhereThePartsOfTheNewerAreDamaged() throws IOException {
    damage(snapshots.get(0));
    assertThat(JournalInspection.of(directory).snapshots().get(0).fault()).isPresent();
    assertThat(JournalInspection.of(directory).snapshots().get(0).manifest()).isPresent();
    try (DirectoryVerification found = check(RecoveryDecision.CONTINUE)) {
      assertThat(checks(found))
          .containsExactly(Optional.of(SnapshotCheck.CHECKSUM), Optional.empty());
      assertThat(found.replayedFrom()).isEqualTo(OLDER);
    }
  }

  @Test
  void shouldRefuseWhereThePartsOfBothAreDamaged() throws IOException {
    damage(snapshots.get(0));
    damage(snapshots.get(1));
    try (DirectoryVerification found = check(RecoveryDecision.REFUSE)) {
      assertThat(found.journal().fault().orElseThrow().sequence()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseWhereTheJournalDoesNotReachBackToTheOneThatIsLeft() throws IOException {
    SnapshotRecoveryTest.makeForeign(snapshots.get(0));
    Files.delete(JournalFiles.segments(directory).get(0));
    check(RecoveryDecision.REFUSE).close();
  }

  @Test
  void shouldGoOnFromASnapshotThatIsNewerThanTheJournal() throws IOException {
    for (Path segment : JournalFiles.segments(directory)) {
      Files.delete(segment);
    }
    Watermark.create(TestOptions.small().disk(), directory, NEWER, 0).close();
    check(RecoveryDecision.CONTINUE).close();
  }
}
