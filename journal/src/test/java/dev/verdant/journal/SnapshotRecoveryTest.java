package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.Check;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.recovery.RecoveryReport;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.snapshot.SnapshotCheck;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.StatePart;
import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two snapshots, at 100 and 200, and commands to 260 in three files, damaged in every way, and what
 * a start makes of it.
 */
class SnapshotRecoveryTest {
  private static final int BATCH = 10;
  private static final long OLDER = 100;
  private static final long NEWER = 200;
  private static final long LAST = 260;

  @TempDir Path room;
  private Path directory;
  private final Trader trader = new Trader();
  private long offHeapBytesBefore;

  @BeforeEach
  void write() throws IOException {
    offHeapBytesBefore = Memory.totalAllocatedBytes();
    directory = room.resolve("ledger");
    write(directory);
  }

  @AfterEach
  void requireOffHeapBytesFreed() {
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(offHeapBytesBefore);
  }

  private DataDirectory open() throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  private void write(Path to) throws IOException {
    try (DataDirectory data = DataDirectory.open(to, TestOptions.small(), Durability.WRITTEN)) {
      trader.trade(data, 10, BATCH);
      data.journal().roll();
      assertThat(data.takeSnapshot().orElseThrow().sequence()).isEqualTo(OLDER);
      trader.trade(data, 10, BATCH);
      data.journal().roll();
      assertThat(data.takeSnapshot().orElseThrow().sequence()).isEqualTo(NEWER);
      trader.trade(data, 6, BATCH);
    }
  }

  private Path snapshot(long sequence) throws IOException {
    return StoredSnapshot.list(directory).stream()
        .filter(path -> StoredSnapshot.sequenceOf(path) == sequence)
        .findFirst()
        .orElseThrow();
  }

  /** What a start keeps is all; it trades on, and the next start keeps that, too. */
  private RecoveryReport assertStarts(long fromSnapshot, long last) throws IOException {
    final RecoveryReport report;
    try (DataDirectory data = open()) {
      report = data.recovery();
      assertThat(report.snapshotSequence()).isEqualTo(fromSnapshot);
      assertThat(report.lastSequence()).isEqualTo(last);
      assertThat(report.replayed()).isEqualTo(last - fromSnapshot);
      assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(last));
      trader.trade(data, 2, BATCH);
    }
    try (DataDirectory data = open()) {
      assertThat(data.recovery().lastSequence()).isEqualTo(last + 2 * BATCH);
      assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(last + 2 * BATCH));
    }
    return report;
  }

  private SnapshotFault assertStartsFromTheOlder(SnapshotCheck check) throws IOException {
    final RecoveryReport report = assertStarts(OLDER, LAST);
    assertThat(report.snapshotFaults()).hasSize(1);
    final SnapshotFault fault = report.snapshotFaults().get(0);
    assertThat(fault.check()).describedAs("%s", fault).isEqualTo(check);
    assertThat(fault.sequence()).isEqualTo(NEWER);
    assertThat(report.decision()).isEqualTo(RecoveryDecision.CONTINUE);
    return fault;
  }

  private JournalDamagedException assertRefused(long sequence, Check check) throws IOException {
    final List<String> before = listing();
    final JournalDamagedException damage =
        catchThrowableOfType(JournalDamagedException.class, this::open);
    assertThat(damage).isNotNull();
    assertThat(damage.fault().check()).describedAs("%s", damage).isEqualTo(check);
    assertThat(damage.fault().sequence()).isEqualTo(sequence);
    assertThat(listing()).isEqualTo(before);
    return damage;
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !file.endsWith("lock"))
          .map(file -> file + " " + file.toFile().lastModified())
          .sorted()
          .toList();
    }
  }

  private static void flip(Path file, long position) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      final int was = bytes.read();
      bytes.seek(position);
      bytes.write(was ^ 1);
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
  }

  /** Takes the batches behind some of a segment's away, as if the disk had never got them. */
  private void loseTail(int segment, int batchesLeft) throws IOException {
    final Path file = JournalFiles.segments(directory).get(segment);
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(file);
      for (int i = 0; i < batchesLeft; i++) {
        assertThat(reader.next()).isTrue();
      }
      reader.next();
      JournalFiles.seal(Disk.REAL, file, reader.position());
    }
  }

  private void acknowledge(long sequence, int batchChecksum) throws IOException {
    Watermark.create(Disk.REAL, directory, sequence, batchChecksum).close();
  }

  @Test
  void shouldReplayOnlyWhatFollowsTheNewestSnapshot() throws IOException {
    final RecoveryReport report = assertStarts(NEWER, LAST);
    assertThat(report.batches()).isEqualTo(6);
    assertThat(report.snapshotFaults()).isEmpty();
    assertThat(report.decision()).isEqualTo(RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldReplayNothingWhenTheSnapshotHoldsTheLastCommand() throws IOException {
    try (DataDirectory data = open()) {
      assertThat(data.takeSnapshot()).isPresent();
      assertThat(data.takeSnapshot()).isEmpty();
    }
    assertStarts(LAST, LAST);
  }

  @Test
  void shouldReplayTheRestOfABatchThatTheSnapshotEndsIn() throws IOException {
    try (DataDirectory data = open()) {
      trader.tradeAndApplyOnly(data, BATCH, 3);
      assertThat(data.takeSnapshot().orElseThrow().journal().batchSequence()).isEqualTo(LAST);
    }
    assertStarts(LAST + 3, LAST + BATCH);
  }

  @ParameterizedTest
  @EnumSource
  void shouldPassOverASnapshotWithADamagedPart(StatePart part) throws IOException {
    final Path file =
        snapshot(NEWER).resolve(part.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (Files.size(file) == 0) {
      Files.write(file, new byte[8]);
      assertStartsFromTheOlder(SnapshotCheck.LENGTH);
    } else {
      flip(file, Files.size(file) / 2);
      assertStartsFromTheOlder(SnapshotCheck.CHECKSUM);
    }
  }

  @Test
  void shouldPassOverASnapshotWithAShortenedPart() throws IOException {
    final Path file = snapshot(NEWER).resolve("accounts");
    truncate(file, Files.size(file) - 128);
    assertStartsFromTheOlder(SnapshotCheck.LENGTH);
  }

  @Test
  void shouldPassOverASnapshotWithoutAPart() throws IOException {
    Files.delete(snapshot(NEWER).resolve("lots"));
    assertStartsFromTheOlder(SnapshotCheck.READABLE);
  }

  @Test
  void shouldPassOverASnapshotWithoutAManifest() throws IOException {
    Files.delete(snapshot(NEWER).resolve("manifest"));
    assertStartsFromTheOlder(SnapshotCheck.READABLE);
  }

  @Test
  void shouldPassOverASnapshotWithADamagedManifest() throws IOException {
    flip(snapshot(NEWER).resolve("manifest"), 30);
    assertStartsFromTheOlder(SnapshotCheck.MANIFEST);
  }

  @Test
  void shouldPassOverASnapshotOfAnotherVersion() throws IOException {
    rewriteManifest(snapshot(NEWER), 8, 77);
    assertThat(assertStartsFromTheOlder(SnapshotCheck.VERSION).detail())
        .isEqualTo("state version 77, and this release reads " + Ledger.STATE_VERSION);
  }

  @Test
  void shouldPassOverASnapshotThatIsNamedByAnotherSequence() throws IOException {
    final Path newer = snapshot(NEWER);
    Files.move(newer, newer.resolveSibling(String.format("%020d", LAST)));
    final RecoveryReport report = assertStarts(OLDER, LAST);
    assertThat(report.snapshotFaults()).extracting(SnapshotFault::sequence).containsExactly(LAST);
  }

  @Test
  void shouldPassOverASnapshotOfAnotherJournal() throws IOException {
    final Path newer = snapshot(NEWER);
    makeForeign(newer);
    assertStartsFromTheOlder(SnapshotCheck.JOURNAL);
  }

  /** A snapshot of another ledger, newer than all that this one has. */
  private Path snapshotOfAnotherLedger() throws IOException {
    try (DataDirectory other =
        DataDirectory.open(room.resolve("other"), TestOptions.small(), Durability.WRITTEN)) {
      trader.trade(other, 40, BATCH);
      return other.takeSnapshot().orElseThrow().path();
    }
  }

  /** As an operator does who takes the wrong backup. */
  private void putIntoDirectory(Path foreign) throws IOException {
    final Path copy = Files.createDirectories(directory.resolve("snapshots"));
    Files.move(foreign, copy.resolve(foreign.getFileName()));
  }

  private static String ledgerId(Path holder) throws IOException {
    return Files.readString(holder.resolve("ledger-id"));
  }

  @Test
  void shouldPassOverANewerSnapshotOfAnotherLedger() throws IOException {
    final String ours = ledgerId(directory);
    putIntoDirectory(snapshotOfAnotherLedger());
    final RecoveryReport report = assertStarts(NEWER, LAST);
    assertThat(report.snapshotFaults())
        .extracting(SnapshotFault::check)
        .containsExactly(SnapshotCheck.LEDGER);
    assertThat(directory.resolve("snapshots").resolve(String.format("%020d.passed-over", 400)))
        .isDirectory();
    assertThat(ledgerId(directory)).isEqualTo(ours);
  }

  @Test
  void shouldBecomeTheLedgerOfASnapshotWhenNothingHasBeenAcknowledged() throws IOException {
    directory = room.resolve("begun");
    open().close();
    final Path foreign = snapshotOfAnotherLedger();
    final String theirs = ledgerId(foreign);
    putIntoDirectory(foreign);
    assertStarts(400, 400);
    assertThat(ledgerId(directory)).isEqualTo(theirs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger-id.new", "acknowledged.new"})
  void shouldRefuseASnapshotAloneWhenItsFirstStartHasEndedAt(String draft) throws IOException {
    directory = room.resolve("begun");
    final TroubledDisk disk = new TroubledDisk();
    disk.stubborn(path -> path.endsWith(draft));
    assertThatThrownBy(
            () -> DataDirectory.open(directory, TestOptions.small().disk(disk), Durability.WRITTEN))
        .isInstanceOf(IOException.class);
    putIntoDirectory(snapshotOfAnotherLedger());
    assertRefused(401, Check.WATERMARK);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLearnFromItsSnapshotWhichLedgerItIs(boolean damaged) throws IOException {
    final String ours = ledgerId(directory);
    final Path file = directory.resolve("ledger-id");
    if (damaged) {
      flip(file, 3);
    } else {
      Files.delete(file);
    }
    assertStarts(NEWER, LAST);
    assertThat(ledgerId(directory)).isEqualTo(ours);
  }

  @Test
  void shouldTakeASnapshotThatDoesNotSayWhichLedgerItIsOf() throws IOException {
    final String ours = ledgerId(directory);
    Files.delete(snapshot(NEWER).resolve("ledger-id"));
    assertStarts(NEWER, LAST);
    assertThat(ledgerId(directory)).isEqualTo(ours);
  }

  @Test
  void shouldPassOverASnapshotWhoseLedgerCannotBeRead() throws IOException {
    flip(snapshot(NEWER).resolve("ledger-id"), 3);
    assertStartsFromTheOlder(SnapshotCheck.READABLE);
  }

  /** Ties a snapshot to a batch of another journal. */
  static void makeForeign(Path snapshot) throws IOException {
    final int batchChecksumOffset = 8 + 4 + 4 + 8 + 8 + 8 + 8;
    rewriteManifest(snapshot, batchChecksumOffset, 77);
  }

  /** Changes a number of 32 bits and makes the checksum right again. */
  private static void rewriteManifest(Path snapshot, int offset, int value) throws IOException {
    final Path file = snapshot.resolve("manifest");
    final byte[] bytes = Files.readAllBytes(file);
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(offset, value);
    final int checksumOffset = 8 + 4;
    final CRC32C crc = new CRC32C();
    crc.update(bytes, 0, checksumOffset);
    crc.update(bytes, checksumOffset + 4, bytes.length - checksumOffset - 4);
    buffer.putInt(checksumOffset, (int) crc.getValue());
    Files.write(file, bytes);
  }

  @Test
  void shouldReplayFromTheFirstCommandWhenNoSnapshotIsGoodAndTheJournalReachesBack()
      throws IOException {
    directory = room.resolve("other");
    try (DataDirectory data = open()) {
      trader.trade(data, 10, BATCH);
      assertThat(data.takeSnapshot()).isPresent();
      trader.trade(data, 10, BATCH);
    }
    flip(snapshot(OLDER).resolve("accounts"), 5);
    assertThat(assertStarts(0, NEWER).snapshotFaults()).hasSize(1);
  }

  @Test
  void shouldRefuseWhenNoSnapshotIsGoodAndTheJournalDoesNotReachBackToTheFirstCommand()
      throws IOException {
    flip(snapshot(NEWER).resolve("accounts"), 5);
    flip(snapshot(OLDER).resolve("state"), 5);
    final JournalDamagedException damage = assertRefused(1, Check.SEQUENCE);
    assertThat(damage.snapshotFaults())
        .extracting(SnapshotFault::sequence)
        .containsExactly(NEWER, OLDER);
    assertThat(damage).hasMessageContaining("accounts").hasMessageContaining("state");
  }

  @Test
  void shouldDeleteAnUnfinishedSnapshot() throws IOException {
    final Path left = snapshot(NEWER).resolveSibling(String.format("%020d.unfinished", LAST));
    Files.createDirectory(left);
    Files.write(left.resolve("accounts"), new byte[1000]);
    assertStarts(NEWER, LAST);
    assertThat(left).doesNotExist();
  }

  @Test
  void shouldGoOnFromASnapshotThatIsNewerThanTheJournalWhenNothingBehindItWasAcknowledged()
      throws IOException {
    loseTail(1, 0);
    loseTail(0, 7);
    acknowledge(170, JournalPositions.before(directory, 170).batchChecksum());
    final String log =
        Logged.by(
            () ->
                assertThat(assertStarts(NEWER, NEWER).decision())
                    .isEqualTo(RecoveryDecision.CONTINUE));
    assertThat(log).contains("the snapshot of sequence " + NEWER + " is newer than the journal");
  }

  @Test
  void shouldGoOnFromTheSnapshotWhenTheWholeJournalIsGoneAndNothingBehindItWasAcknowledged()
      throws IOException {
    for (Path segment : JournalFiles.segments(directory)) {
      Files.delete(segment);
    }
    acknowledge(NEWER, 0);
    assertThat(assertStarts(NEWER, NEWER).decision()).isEqualTo(RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldRefuseWhenWhatWasAcknowledgedIsNeitherInTheJournalNorInTheSnapshot()
      throws IOException {
    loseTail(1, 3);
    assertRefused(231, Check.ACKNOWLEDGED);
  }

  @Test
  void shouldRefuseWhenTheJournalIsShorterThanTheSnapshotAndNothingTellsWhatWasAcknowledged()
      throws IOException {
    loseTail(1, 0);
    loseTail(0, 7);
    Files.delete(directory.resolve("acknowledged"));
    assertRefused(201, Check.WATERMARK);
    Files.write(directory.resolve("acknowledged"), new byte[100]);
    assertRefused(201, Check.WATERMARK);
  }

  @Test
  void shouldLeaveDamagedFilesAloneWhenTheSnapshotHoldsWhatWasAcknowledged() throws IOException {
    Files.delete(JournalFiles.segments(directory).get(1));
    final Path segment = JournalFiles.segments(directory).get(0);
    final byte[] damaged;
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      reader.next();
      reader.next();
      flip(segment, reader.position() + 60);
      damaged = Files.readAllBytes(segment);
    }
    acknowledge(NEWER, 0);
    assertThat(assertStarts(NEWER, NEWER).decision()).isEqualTo(RecoveryDecision.CONTINUE);
    assertThat(Files.readAllBytes(segment)).isEqualTo(damaged);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldRefuseAFileThatIsThereTwiceThoughASnapshotEndsWhereItBegins(int file)
      throws IOException {
    final List<Path> segments = JournalFiles.segments(directory);
    final Path copy = segments.get(1).resolveSibling("99991231L.cq4");
    Files.copy(segments.get(file), copy);

    final JournalDamagedException damage = assertRefused(LAST + 1, Check.SEQUENCE);
    assertThat(damage.fault().file()).isEqualTo(copy);
    final VerificationReport report =
        JournalVerifier.verify(directory, (sequence, buffer, offset, length) -> {});
    assertThat(report.sound()).isFalse();
    assertThat(report.fault().orElseThrow().file()).isEqualTo(copy);
    assertThat(report.fault().orElseThrow().sequence()).isEqualTo(LAST + 1);
  }

  @Test
  void shouldCutATornTailBehindTheSnapshotThatNobodyWasPromised() throws IOException {
    final Path segment = JournalFiles.segments(directory).get(1);
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      for (int i = 0; i < 6; i++) {
        assertThat(reader.next()).isTrue();
      }
      flip(segment, reader.position() + 60);
    }
    acknowledge(250, JournalPositions.before(directory, 250).batchChecksum());
    assertThat(assertStarts(NEWER, 250).decision()).isEqualTo(RecoveryDecision.CUT_TAIL);
  }

  @Test
  void shouldRefuseWhenTheJournalDoesNotReachBackToTheSnapshot() throws IOException {
    flip(snapshot(NEWER).resolve("accounts"), 5);
    Files.delete(JournalFiles.segments(directory).get(0));
    final JournalDamagedException damage = assertRefused(101, Check.SEQUENCE);
    assertThat(damage.snapshotFaults()).hasSize(1);
  }
}
