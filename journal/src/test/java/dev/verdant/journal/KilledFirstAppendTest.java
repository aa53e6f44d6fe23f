package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start goes on from a snapshot at 200, behind a journal that is torn at 141, and is killed
 * before its first batch is whole.
 */
class KilledFirstAppendTest {
  private static final int BATCH = 10;
  private static final long SNAPSHOT = 200;
  private static final int TORN = 0x8000_0000;

  @TempDir Path room;
  private Path directory;
  private final Trader trader = new Trader();

  /** The file of the start that is killed, as it is with its first batch. */
  private byte[] begun;

  private byte[] metadata;

  /** Where its batch stands, and what follows it. */
  private int batch;

  private int end;

  @BeforeEach
  void write() throws IOException {
    directory = room.resolve("ledger");
    try (DataDirectory data = open()) {
      trader.trade(data, 20, BATCH);
      data.takeSnapshot();
    }
    tear(segments().get(0), 14);
    final Path other = room.resolve("other");
    copy(directory, other);
    try (DataDirectory data = open(other)) {
      trader.trade(data, 1, BATCH);
      final Path segment = JournalFiles.segments(other).get(1);
      begun = Files.readAllBytes(segment);
      metadata = Files.readAllBytes(segment.resolveSibling("metadata.cq4t"));
      try (SegmentReader reader = new SegmentReader()) {
        reader.open(segment);
        assertThat(reader.next()).isTrue();
        batch = (int) reader.position();
        end = (int) reader.end();
      }
    }
  }

  private DataDirectory open() throws IOException {
    return open(directory);
  }

  private static DataDirectory open(Path path) throws IOException {
    return DataDirectory.open(path, TestOptions.small(), Durability.WRITTEN);
  }

  private List<Path> segments() throws IOException {
    return JournalFiles.segments(directory);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Changes a bit of the batch behind so many, as a page that the disk has never got. */
  private static void tear(Path segment, int batches) throws IOException {
    try (SegmentReader reader = new SegmentReader();
        RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      reader.open(segment);
      for (int i = 0; i <= batches; i++) {
        assertThat(reader.next()).isTrue();
      }
      file.seek(reader.position() + 60);
      final int was = file.read();
      file.seek(reader.position() + 60);
      file.write(was ^ 1);
    }
  }

  /** What has been written of the file up to a byte, in a file of its full length. */
  private byte[] writtenTo(int position) {
    return Arrays.copyOf(Arrays.copyOf(begun, position), begun.length);
  }

  private static byte[] withWord(byte[] file, int position, int word) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(position, word);
    return file;
  }

  private List<byte[]> moments() {
    final List<byte[]> moments = new ArrayList<>();
    moments.add(new byte[0]);
    moments.add(withWord(writtenTo(4), 0, TORN));
    for (int position : List.of(0, 4, 100, 4096, batch, batch + 4, batch + 64, end - 4)) {
      moments.add(writtenTo(position));
    }
    moments.add(withWord(writtenTo(batch), batch, TORN));
    moments.add(withWord(writtenTo(end), batch, TORN | (end - batch - 4)));
    return moments;
  }

  /** Makes what the start has made of its generation when it is killed. */
  private void kill(Path path, int generation, byte[] file) throws IOException {
    final Path queue = path.resolve("journal").resolve(String.format("%08d", generation));
    Files.createDirectory(queue);
    Files.write(queue.resolve("metadata.cq4t"), metadata);
    Files.write(queue.resolve("19700101L.cq4"), file);
  }

  private void assertGoesOn(Path path) throws IOException {
    try (DataDirectory data = open(path)) {
      assertThat(data.recovery().decision()).isEqualTo(RecoveryDecision.CONTINUE);
      assertThat(data.recovery().lastSequence()).isEqualTo(SNAPSHOT);
      assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(SNAPSHOT));
      trader.trade(data, 2, BATCH);
    }
    final long last = SNAPSHOT + 2 * BATCH;
    try (DataDirectory data = open(path)) {
      assertThat(data.recovery().lastSequence()).isEqualTo(last);
      assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(last));
    }
  }

  @Test
  void shouldGoOnWhateverTheKillHasLeftOfTheFirstBatch() throws IOException {
    for (byte[] file : moments()) {
      final Path killed = room.resolve("killed");
      copy(directory, killed);
      kill(killed, 2, file);
      assertGoesOn(killed);
      IoUtil.delete(killed.toFile(), false);
    }
  }

  @Test
  void shouldGoOnAfterKillsInARow() throws IOException {
    int generation = 2;
    for (byte[] file : moments()) {
      kill(directory, generation++, file);
    }
    assertGoesOn(directory);
  }

  @Test
  void shouldGoOnWhereOnlyTheGenerationWasMade() throws IOException {
    final Path generation = directory.resolve("journal").resolve("00000002");
    Files.createDirectory(generation);
    final Path other = room.resolve("with-metadata");
    copy(directory, other);
    assertGoesOn(directory);
    Files.write(other.resolve("journal/00000002/metadata.cq4t"), metadata);
    assertGoesOn(other);
  }

  @Test
  void shouldHoldTheFirstBatchThatWasWhole() throws IOException {
    kill(directory, 2, begun);
    try (DataDirectory data = open()) {
      assertThat(data.recovery().lastSequence()).isEqualTo(SNAPSHOT + BATCH);
    }
  }

  @Test
  void shouldRefuseWhereAFileWithABatchFollowsTheTornOneAndNoSnapshotHoldsWhatIsMissing()
      throws IOException {
    kill(directory, 2, begun);
    IoUtil.delete(directory.resolve("snapshots").toFile(), false);
    // By this record alone the torn batch could be cut, and the one behind it with it.
    Watermark.create(
            Disk.REAL, directory, 140, JournalPositions.before(directory, 140).batchChecksum())
        .close();
    assertThat(catchThrowableOfType(JournalDamagedException.class, this::open).fault().sequence())
        .isEqualTo(141);
  }
}
