package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.log.Check;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.journal.scan.BatchValidator;
import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 40 batches of 5 orders in two segments, damaged in every way, and what a start makes of it. */
class RecoveryTest {
  private static final int BATCH = 5;
  private static final long COMMANDS = 200;

  @TempDir Path directory;
  private final Orders orders = new Orders();

  private JournalDirectory open(CommandConsumer consumer) throws IOException {
    return JournalDirectory.open(directory, TestOptions.small(), Durability.WRITTEN, consumer);
  }

  private void write() throws IOException {
    try (JournalDirectory opened = open(new Orders())) {
      orders.append(opened.journal(), 20, BATCH);
      opened.journal().roll();
      orders.append(opened.journal(), 20, BATCH);
    }
  }

  private Path segment(int index) throws IOException {
    return JournalFiles.segments(directory).get(index);
  }

  /** Positions of the length words of all batches of a segment. */
  private static List<Long> positions(Path segment) throws IOException {
    final List<Long> positions = new ArrayList<>();
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      while (reader.next()) {
        positions.add(reader.position());
      }
    }
    return positions;
  }

  private static void flip(Path file, long position, int bit) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      final int was = bytes.read();
      bytes.seek(position);
      bytes.write(was ^ 1 << bit);
    }
  }

  private static void zero(Path file, long position, int length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      bytes.write(new byte[length]);
    }
  }

  private static void truncate(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      final List<String> lines = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.endsWith("lock")) {
          lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
      }
      return lines;
    }
  }

  private void assertRefused(long sequence, Path file, Check check) throws IOException {
    final List<String> before = listing();
    final JournalDamagedException damage =
        catchThrowableOfType(JournalDamagedException.class, () -> open(new Orders()));
    assertThat(damage).isNotNull();
    assertThat(damage.fault().check()).describedAs("%s", damage).isEqualTo(check);
    assertThat(damage.fault().sequence()).isEqualTo(sequence);
    assertThat(damage.fault().file().getFileName()).isEqualTo(file.getFileName());
    final VerificationReport report = JournalVerifier.verify(directory, new Orders());
    assertThat(report.sound()).isFalse();
    assertThat(report.fault()).contains(damage.fault());
    assertThat(listing()).isEqualTo(before);
  }

  private void assertKept(long sequence, RecoveryDecision decision) throws IOException {
    final Orders replayed = new Orders();
    final boolean known = Watermark.read(directory).known();
    try (JournalDirectory opened = open(replayed)) {
      assertThat(opened.recovery().decision()).isEqualTo(decision);
      assertThat(opened.recovery().endUnproven()).isEqualTo(!known && sequence > 0);
      assertThat(opened.recovery().commands()).isEqualTo(sequence);
      assertThat(replayed.sum()).isEqualTo(Orders.sumTo(sequence));
      orders.append(opened.journal(), BATCH);
    }
    final VerificationReport after = JournalVerifier.verify(directory, new Orders());
    assertThat(after.fault()).isEmpty();
    assertThat(after.commands()).isEqualTo(sequence + BATCH);
  }

  /** As if the process had been killed before the batches from this one on were acknowledged. */
  private void acknowledgeOnly(long sequence) throws IOException {
    final int[] checksum = new int[1];
    try (SegmentReader reader = new SegmentReader()) {
      final BatchValidator validator = new BatchValidator(Acknowledged.ABSENT);
      for (Path segment : JournalFiles.segments(directory)) {
        reader.open(segment);
        while (validator.lastSequence() < sequence && reader.next()) {
          validator.validate(
              reader.buffer(), reader.byteBuffer(), reader.offset(), reader.length());
          checksum[0] = validator.lastChecksum();
        }
      }
    }
    Watermark.create(Disk.REAL, directory, sequence, checksum[0]).close();
  }

  @Test
  void shouldStartFreshInAMissingDirectory() throws IOException {
    directory = directory.resolve("new");
    assertKept(0, RecoveryDecision.START_FRESH);
  }

  @Test
  void shouldStartFreshAfterAnOwnerThatAppendedNothing() throws IOException {
    open(new Orders()).close();
    assertKept(0, RecoveryDecision.START_FRESH);
    assertThat(JournalFiles.generations(directory)).hasSize(1);
  }

  @Test
  void shouldReplayAllAndGoOn() throws IOException {
    write();
    final VerificationReport report = JournalVerifier.verify(directory, new Orders());
    assertThat(report.fault()).isEmpty();
    assertThat(report.batches()).isEqualTo(40);
    assertThat(report.commands()).isEqualTo(COMMANDS);
    assertThat(report.firstTimeMillis()).isEqualTo(Orders.timeMillis(1));
    assertThat(report.lastTimeMillis()).isEqualTo(Orders.timeMillis(COMMANDS));
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldGoOnForManyGenerations() throws IOException {
    for (int generation = 0; generation < 10; generation++) {
      final Orders replayed = new Orders();
      try (JournalDirectory opened = open(replayed)) {
        assertThat(replayed.count()).isEqualTo(generation * 12L);
        orders.append(opened.journal(), 4, 3);
      }
    }
    assertThat(JournalVerifier.verify(directory, orders).commands()).isEqualTo(120);
    assertThat(orders.sum()).isEqualTo(Orders.sumTo(120));
  }

  @Test
  void shouldNameABatchWhereverABitOfItIsFlipped() throws IOException {
    write();
    final Path segment = segment(0);
    final List<Long> positions = positions(segment);
    final long from = positions.get(10);
    final long to = positions.get(11);
    for (long position = from; position < to; position += 1 + position % 7) {
      flip(segment, position, (int) (position % 8));
      final Optional<Fault> found = JournalVerifier.verify(directory, new Orders()).fault();
      assertThat(found).describedAs("byte %d of %d", position - from, to - from).isPresent();
      final Fault fault = found.get();
      assertThat(fault.sequence()).isEqualTo(51);
      assertThat(fault.file().getFileName()).isEqualTo(segment.getFileName());
      flip(segment, position, (int) (position % 8));
    }
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldNameSequenceFileAndCheckOfAFlippedPayload() throws IOException {
    write();
    flip(segment(1), positions(segment(1)).get(3) + 100, 2);
    assertRefused(116, segment(1), Check.CHECKSUM);
  }

  @Test
  void shouldRefuseATruncatedFile() throws IOException {
    write();
    truncate(segment(1), positions(segment(1)).get(7) + 50);
    assertRefused(136, segment(1), Check.LENGTH);
  }

  @Test
  void shouldRefuseAFileTruncatedBetweenTwoBatches() throws IOException {
    write();
    truncate(segment(1), positions(segment(1)).get(7));
    assertRefused(136, segment(1), Check.ACKNOWLEDGED);
  }

  @Test
  void shouldRefuseAZeroedPage() throws IOException {
    write();
    zero(segment(0), positions(segment(0)).get(6) & -4096L, 4096);
    final JournalDamagedException damage =
        catchThrowableOfType(JournalDamagedException.class, () -> open(new Orders()));
    assertThat(damage).isNotNull();
    assertThat(damage.fault().file()).isEqualTo(segment(0).toRealPath());
    assertThat(damage.fault().sequence()).isLessThanOrEqualTo(31);
  }

  @Test
  void shouldRefuseAHoleThatHidesAcknowledgedBatches() throws IOException {
    write();
    zero(segment(1), positions(segment(1)).get(6), 4);
    assertRefused(131, segment(1), Check.END);
  }

  @Test
  void shouldRefuseAMissingFirstFile() throws IOException {
    write();
    final Path second = segment(1);
    Files.delete(segment(0));
    assertRefused(1, second, Check.SEQUENCE);
  }

  @Test
  void shouldRefuseAMissingLastFile() throws IOException {
    write();
    Files.delete(segment(1));
    assertRefused(101, segment(0), Check.ACKNOWLEDGED);
  }

  @Test
  void shouldRefuseADuplicatedFile() throws IOException {
    write();
    final Path copy = segment(1).resolveSibling("19991231L.cq4");
    Files.copy(segment(1), copy);
    assertRefused(201, copy, Check.SEQUENCE);
  }

  @Test
  void shouldRefuseAnEmptyDirectoryWhereCommandsWereAcknowledged() throws IOException {
    write();
    for (Path segment : JournalFiles.segments(directory)) {
      Files.delete(segment);
    }
    assertRefused(1, directory, Check.ACKNOWLEDGED);
  }

  @Test
  void shouldRefuseAnotherJournalOfTheSameLength() throws IOException {
    write();
    Watermark.create(Disk.REAL, directory, COMMANDS, 12345).close();
    assertRefused(196, segment(1), Check.ACKNOWLEDGED_CHECKSUM);
  }

  @Test
  void shouldNotNeedChroniclesMetadata() throws IOException {
    write();
    Files.delete(segment(0).resolveSibling("metadata.cq4t"));
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldNotTrustChroniclesMetadata() throws IOException {
    write();
    final Path metadata = segment(0).resolveSibling("metadata.cq4t");
    Files.write(metadata, new byte[] {1, 2, 3});
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldCutATornTailThatNobodyWasPromised() throws IOException {
    write();
    acknowledgeOnly(190);
    flip(segment(1), positions(segment(1)).get(18) + 60, 5);
    assertKept(190, RecoveryDecision.CUT_TAIL);
  }

  @Test
  void shouldCutAnUnfinishedBatchThatNobodyWasPromised() throws IOException {
    write();
    acknowledgeOnly(190);
    flip(segment(1), positions(segment(1)).get(18) + 3, 7);
    assertKept(190, RecoveryDecision.CUT_TAIL);
  }

  @Test
  void shouldCutAFileThatEndsInTheMiddleOfABatchThatNobodyWasPromised() throws IOException {
    write();
    acknowledgeOnly(190);
    truncate(segment(1), positions(segment(1)).get(18) + 60);
    assertKept(190, RecoveryDecision.CUT_TAIL);
  }

  @Test
  void shouldCutWhatIsHiddenByAHoleIfNobodyWasPromisedIt() throws IOException {
    write();
    acknowledgeOnly(190);
    zero(segment(1), positions(segment(1)).get(18), 4);
    assertKept(190, RecoveryDecision.CUT_TAIL);
  }

  @Test
  void shouldKeepWholeBatchesBeyondTheLastAcknowledged() throws IOException {
    write();
    acknowledgeOnly(150);
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldCutAFirstFileThatHasNoWholeBatch() throws IOException {
    open(new Orders()).close();
    final Path generation = JournalFiles.generations(directory).get(0);
    Files.write(generation.resolve("19700101L.cq4"), new byte[] {0, 0, 0, (byte) 0x80});
    assertKept(0, RecoveryDecision.CUT_TAIL);
  }

  @Test
  void shouldRefuseATornTailInAFileThatIsNotTheLast() throws IOException {
    write();
    acknowledgeOnly(50);
    flip(segment(0), positions(segment(0)).get(18) + 60, 5);
    assertRefused(91, segment(0), Check.CHECKSUM);
  }

  @Test
  void shouldRefuseATornTailWhenTheWatermarkIsLost() throws IOException {
    write();
    Files.delete(directory.resolve("acknowledged"));
    flip(segment(1), positions(segment(1)).get(19) + 60, 5);
    assertRefused(196, segment(1), Check.CHECKSUM);
  }

  @Test
  void shouldGoOnWithoutTheWatermarkWhenTheJournalIsWhole() throws IOException {
    write();
    Files.delete(directory.resolve("acknowledged"));
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldGoOnWithAnyBitOfTheWatermarkFlipped() throws IOException {
    write();
    final Path watermark = directory.resolve("acknowledged");
    for (int bit = 0; bit < 2 * 128 * 8; bit++) {
      flip(watermark, bit / 8, bit % 8);
      assertThat(Watermark.read(directory).sequence()).isBetween(COMMANDS - BATCH, COMMANDS);
      flip(watermark, bit / 8, bit % 8);
    }
    flip(watermark, 20, 1);
    assertKept(COMMANDS, RecoveryDecision.CONTINUE);
  }

  @Test
  void shouldRefuseAFileOfAnotherJournalThatEndsWhereTheNextOneBegins(@TempDir Path other)
      throws IOException {
    write();
    final int commands = 20 * BATCH;
    try (JournalDirectory opened =
        JournalDirectory.open(other, TestOptions.small(), Durability.WRITTEN, new Orders())) {
      orders.append(opened.journal(), 2, commands / 2);
    }
    Files.copy(
        JournalFiles.segments(other).get(0), segment(0), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(commands + 1, segment(1), Check.CHAIN);
  }
}
