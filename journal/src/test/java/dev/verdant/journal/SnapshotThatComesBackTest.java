package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.snapshot.SnapshotCheck;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.JournalInspection;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Snapshots at 100 and 200 and, after a loss of power, a journal to 170. The newer one cannot be
 * read when a start goes on from 170, and can be again afterwards.
 */
class SnapshotThatComesBackTest {
  private static final int BATCH = 10;
  private static final long OLDER = 100;
  private static final long NEWER = 200;
  private static final long LAST = 170;
  private static final int STATES = 40;

  @TempDir Path room;
  private Path tree;
  private Path directory;
  private final Trader trader = new Trader();
  private final TroubledDisk disk = new TroubledDisk();
  private byte[] whole;

  @BeforeEach
  void write() throws IOException {
    tree = Files.createDirectory(room.resolve("tree"));
    directory = tree.resolve("ledger");
    try (DataDirectory data = open(Disk.REAL)) {
      trader.trade(data, 10, BATCH);
      data.takeSnapshot();
      trader.trade(data, 10, BATCH);
      data.takeSnapshot();
    }
    loseTail(17);
    final Path accounts = snapshots().get(0).resolve("accounts");
    whole = Files.readAllBytes(accounts);
    Files.write(accounts, new byte[whole.length]);
  }

  private DataDirectory open(Disk anyDisk) throws IOException {
    return DataDirectory.open(directory, TestOptions.small().disk(anyDisk), Durability.WRITTEN);
  }

  private void loseTail(int batchesLeft) throws IOException {
    final Path segment = JournalFiles.segments(directory).get(0);
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      for (int i = 0; i < batchesLeft; i++) {
        assertThat(reader.next()).isTrue();
      }
      JournalFiles.seal(Disk.REAL, segment, reader.end());
    }
    final int checksum = JournalPositions.before(directory, LAST).batchChecksum();
    Watermark.create(Disk.REAL, directory, LAST, checksum).close();
  }

  /** All that is in the room of snapshots. */
  private List<Path> snapshots() throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("snapshots"))) {
      return entries.sorted((a, b) -> b.compareTo(a)).toList();
    }
  }

  private Path aside() {
    return aside(NEWER);
  }

  private Path aside(long sequence) {
    return directory.resolve("snapshots").resolve(String.format("%020d.passed-over", sequence));
  }

  private void goOn() throws IOException {
    try (DataDirectory data = open(disk)) {
      assertThat(data.recovery().snapshotSequence()).isEqualTo(OLDER);
      assertThat(data.recovery().lastSequence()).isEqualTo(LAST);
      trader.trade(data, 2, BATCH);
    }
  }

  @Test
  void shouldNotReplaceTheCommandsThatWereTakenSince() throws IOException {
    goOn();
    for (Path snapshot : snapshots()) {
      if (snapshot.getFileName().toString().contains(Long.toString(NEWER))) {
        Files.write(snapshot.resolve("accounts"), whole);
      }
    }
    try (DataDirectory data = open(disk)) {
      final long last = LAST + 2 * BATCH;
      assertThat(data.recovery().lastSequence()).isEqualTo(last);
      assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(last));
    }
  }

  @Test
  void shouldBePassedOverWhereItIsPutBackUnderItsNameBesideLaterCommands() throws IOException {
    Files.write(snapshots().get(0).resolve("accounts"), whole);
    final long end = StoredSnapshot.open(snapshots().get(0)).timeMillis();
    final Path kept = room.resolve("kept");
    Files.move(snapshots().get(0), kept);
    try (DataDirectory data = open(disk)) {
      trader.tradeAt(data, end);
    }
    final Path back = directory.resolve("snapshots").resolve(String.format("%020d", NEWER));
    Files.move(kept, back);
    // At the same moment it could still be of this journal.
    assertThat(JournalInspection.of(directory).snapshots().get(0).fault()).isEmpty();
    Files.move(back, kept);
    try (DataDirectory data = open(disk)) {
      trader.tradeAt(data, end + 1);
    }
    Files.move(kept, back);
    assertThat(JournalInspection.of(directory).snapshots().get(0).fault().orElseThrow().check())
        .isEqualTo(SnapshotCheck.JOURNAL);
    try (DataDirectory data = open(disk)) {
      assertThat(data.recovery().lastSequence()).isEqualTo(LAST + 2);
      assertThat(data.recovery().snapshotFaults())
          .singleElement()
          .satisfies(fault -> assertThat(fault.detail()).contains("SNAPSHOT_TIME"));
    }
    assertThat(aside()).exists();
  }

  @Test
  void shouldStandAsideUntilTheNextSnapshot() throws IOException {
    goOn();
    assertThat(snapshots()).hasSize(2).contains(aside());
    assertThat(JournalVerifier.verify(directory, (sequence, buffer, at, length) -> {}).sound())
        .isTrue();
    assertThat(JournalInspection.of(directory).snapshots()).hasSize(1);
    // By another start than the one that has set it aside.
    try (DataDirectory data = open(disk)) {
      assertThat(data.recovery().snapshotFaults()).isEmpty();
      assertThat(data.newestSnapshotSequence()).isEqualTo(OLDER);
      data.takeSnapshot();
    }
    assertThat(snapshots())
        .extracting(StoredSnapshot::sequenceOf)
        .containsExactly(LAST + 2 * BATCH, OLDER);
  }

  @Test
  void shouldMakeRoomForASnapshotOfTheSameSequence() throws IOException {
    try (DataDirectory data = open(disk)) {
      trader.trade(data, 3, BATCH);
      assertThat(data.takeSnapshot().orElseThrow().sequence()).isEqualTo(NEWER);
    }
    assertThat(snapshots()).extracting(StoredSnapshot::sequenceOf).containsExactly(NEWER, OLDER);
  }

  @Test
  void shouldTakeThePlaceOfOneThatWasSetAsideBefore() throws IOException {
    Files.createDirectory(aside());
    Files.createFile(aside().resolve("manifest"));
    goOn();
    assertThat(aside().resolve("accounts")).exists();
  }

  @Test
  void shouldStandAsideWhereItIsNewerByOneCommand() throws IOException {
    final Path newer = snapshots().get(0);
    Files.move(newer, newer.resolveSibling(String.format("%020d", LAST + 1)));
    goOn();
    assertThat(aside(LAST + 1)).exists();
  }

  @Test
  void shouldStayWhereItIsNotNewer() throws IOException {
    IoUtil.delete(snapshots().get(0).toFile(), false);
    Files.delete(snapshots().get(0).resolve("accounts"));
    try (DataDirectory data = open(disk)) {
      assertThat(data.recovery().snapshotFaults()).hasSize(1);
    }
    assertThat(snapshots()).extracting(StoredSnapshot::sequenceOf).containsExactly(OLDER);
  }

  @Test
  void shouldBeRefusedTheStartWhereItCannotBeSetAside() throws IOException {
    disk.stubborn(path -> true);
    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "snapshot 200 was passed over and is newer than sequence 170, where this start would"
                + " go on, but cannot be set aside: java.io.IOException: Input/output error");
    assertThat(snapshots()).extracting(StoredSnapshot::sequenceOf).containsExactly(NEWER, OLDER);
    assertThat(JournalFiles.generations(directory)).hasSize(1);
    disk.stubborn(path -> false);
    goOn();
  }

  @Test
  void shouldStayAsideWhateverALossOfPowerLeavesOnceThereIsACommand() throws IOException {
    final SimulatedDisk simulated = new SimulatedDisk(tree, new Random(1));
    try (DataDirectory data = open(simulated)) {
      trader.trade(data, 1, BATCH);
      simulated.passMoment();
      for (int i = 0; i < STATES; i++) {
        final Path left = Files.createDirectory(room.resolve("left"));
        simulated.leave(left, new Random(i));
        assertThat(StoredSnapshot.list(left.resolve("ledger")))
            .extracting(StoredSnapshot::sequenceOf)
            .containsExactly(OLDER);
        IoUtil.delete(left.toFile(), false);
      }
    }
  }
}
