package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.log.Batches;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.journal.scan.CheckedCommands;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.journal.verify.VerificationReport;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One wrong bit anywhere in a journal: found by the offline check and by a start, or in bytes that
 * carry no meaning. These are
 *
 * <ul>
 *   <li>the contents of Chronicle's own documents (the header of its file, its indexes), which
 *       nothing of ours reads;
 *   <li>the bit of a zero length word behind the last batch that makes it an empty document of
 *       Chronicle's.
 * </ul>
 *
 * <p>The long run: {@code mvn -pl journal -am test -Dtest=BitFlipTest -Dverdant.bit.flips=50000
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class BitFlipTest {
  private static final int SMALL_BATCHES = 5;
  private static final int SMALL_BATCH = 6;
  private static final int LARGE_BATCHES = 50;
  private static final int LARGE_BATCH = 20;
  private static final int RANDOM_FLIPS = Integer.getInteger("verdant.bit.flips", 1_000);

  /** Zeros that are left behind the last batch, so that a check reads no empty megabytes. */
  private static final int TAIL = 64;

  private static final int METADATA_BIT = 30;

  /** Prime to the bits of a byte, so that each of the eight has its turn. */
  private static final int WHOLE_CHECK_EVERY = 31;

  private static final CommandConsumer NOBODY = (sequence, buffer, offset, length) -> {};

  @TempDir Path directory;
  private final Orders orders = new Orders();

  /** A stretch of a file. */
  private record Stretch(Path file, long from, long to) {
    long bits() {
      return (to - from) * Byte.SIZE;
    }
  }

  private JournalDirectory open() throws IOException {
    return JournalDirectory.open(directory, TestOptions.small(), Durability.WRITTEN, new Orders());
  }

  private void write(int batches, int size, int segments) throws IOException {
    try (JournalDirectory opened = open()) {
      for (int segment = 0; segment < segments; segment++) {
        orders.append(opened.journal(), batches / segments, size);
        opened.journal().roll();
      }
    }
    for (Path segment : JournalFiles.segments(directory)) {
      final Stretch batchesOf = batches(segment);
      try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
        channel.truncate(batchesOf.to() + TAIL);
      }
    }
  }

  /** From the length word of a segment's first batch to the end of its last. */
  private static Stretch batches(Path segment) throws IOException {
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      assertThat(reader.next()).isTrue();
      final long from = reader.position();
      long to = reader.end();
      while (reader.next()) {
        to = reader.end();
      }
      return new Stretch(segment, from, to);
    }
  }

  private static void flip(FileChannel channel, long bit) throws IOException {
    final ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, bit / Byte.SIZE);
    one.put(0, (byte) (one.get(0) ^ 1 << bit % Byte.SIZE)).rewind();
    channel.write(one, bit / Byte.SIZE);
  }

  private static FileChannel edit(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Finds the flip in what check and start both do, and for a part of the bits in these two. */
  private void assertRefused(Path file, long bit) throws IOException {
    final JournalScan scan = JournalScan.of(directory, CheckedCommands.IGNORED);
    assertThat(scan.decision())
        .describedAs("bit %d of %s", bit, file)
        .isEqualTo(RecoveryDecision.REFUSE);
    assertThat(scan.fault()).isPresent();
    if (bit % WHOLE_CHECK_EVERY == 0) {
      final VerificationReport report = JournalVerifier.verify(directory, NOBODY);
      assertThat(report.sound()).isFalse();
      assertThatThrownBy(this::open)
          .isInstanceOf(JournalDamagedException.class)
          .extracting(damage -> ((JournalDamagedException) damage).fault())
          .isEqualTo(report.fault().orElseThrow());
    }
  }

  private void assertWhole(long commands) throws IOException {
    final Orders replayed = new Orders();
    final VerificationReport report = JournalVerifier.verify(directory, replayed);
    assertThat(report.sound()).isTrue();
    assertThat(report.fault()).isEmpty();
    assertThat(replayed.count()).isEqualTo(commands);
    assertThat(replayed.sum()).isEqualTo(Orders.sumTo(commands));
  }

  @Test
  void shouldFindEveryFlippedBitOfEveryBatch() throws IOException {
    write(SMALL_BATCHES, SMALL_BATCH, 1);
    final Stretch batches = batches(JournalFiles.segments(directory).get(0));
    // Of each batch the length word and header, of each command its length and message.
    assertThat(batches.to() - batches.from())
        .isEqualTo(SMALL_BATCHES * (4L + Batches.HEADER_LENGTH + SMALL_BATCH * 80));
    try (FileChannel channel = edit(batches.file())) {
      for (long bit = batches.from() * Byte.SIZE; bit < batches.to() * Byte.SIZE; bit++) {
        flip(channel, bit);
        assertRefused(batches.file(), bit);
        flip(channel, bit);
      }
    }
    assertWhole(SMALL_BATCHES * SMALL_BATCH);
  }

  @Test
  void shouldFindRandomFlippedBitsOfALargerJournal() throws IOException {
    write(LARGE_BATCHES, LARGE_BATCH, 2);
    final List<Stretch> stretches = new ArrayList<>();
    for (Path segment : JournalFiles.segments(directory)) {
      stretches.add(batches(segment));
    }
    assertThat(stretches).hasSize(2);
    final Random random = new Random(11);
    for (int i = 0; i < RANDOM_FLIPS; i++) {
      final Stretch stretch = stretches.get(random.nextInt(stretches.size()));
      final long bit =
          stretch.from() * Byte.SIZE + Math.floorMod(random.nextLong(), stretch.bits());
      try (FileChannel channel = edit(stretch.file())) {
        flip(channel, bit);
        assertRefused(stretch.file(), bit);
        flip(channel, bit);
      }
    }
    assertWhole(LARGE_BATCHES * LARGE_BATCH);
  }

  @Test
  void shouldNameAFlippedBitBehindTheLastBatchAndLoseNothing() throws IOException {
    write(SMALL_BATCHES, SMALL_BATCH, 1);
    final Stretch batches = batches(JournalFiles.segments(directory).get(0));
    final long end = batches.to() * Byte.SIZE;
    final List<Long> unnamed = new ArrayList<>();
    try (FileChannel channel = edit(batches.file())) {
      for (long bit = end; bit < end + TAIL * Byte.SIZE; bit++) {
        flip(channel, bit);
        final VerificationReport report = JournalVerifier.verify(directory, NOBODY);
        assertThat(report.commands()).isEqualTo(SMALL_BATCHES * SMALL_BATCH);
        assertThat(report.sound()).isTrue();
        if (report.fault().isEmpty()) {
          unnamed.add(bit - end);
        }
        flip(channel, bit);
      }
    }
    assertThat(unnamed).containsExactly((long) METADATA_BIT);
  }

  @Test
  void shouldNotCareAboutTheContentsOfChroniclesOwnDocuments() throws IOException {
    write(SMALL_BATCHES, SMALL_BATCH, 1);
    final Path segment = JournalFiles.segments(directory).get(0);
    final long first = batches(segment).from();
    final byte[] before = Files.readAllBytes(segment);
    final Random random = new Random(5);
    int harmless = 0;
    try (FileChannel channel = edit(segment)) {
      for (int i = 0; i < RANDOM_FLIPS; i++) {
        final long bit = random.nextInt((int) first * Byte.SIZE);
        flip(channel, bit);
        if (JournalVerifier.verify(directory, new Orders()).sound()) {
          assertWhole(SMALL_BATCHES * SMALL_BATCH);
          harmless++;
        }
        flip(channel, bit);
      }
    }
    assertThat(Files.readAllBytes(segment)).isEqualTo(before);
    assertThat(harmless).isPositive();
  }
}
