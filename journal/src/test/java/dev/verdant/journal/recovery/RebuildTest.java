package dev.verdant.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.JournalDamagedException;
import dev.verdant.journal.TestOptions;
import dev.verdant.journal.Trader;
import dev.verdant.journal.TroubledDisk;
import dev.verdant.journal.log.Check;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentReader;
import dev.verdant.journal.verify.DirectoryVerification;
import dev.verdant.journal.verify.JournalVerifier;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger of 300 commands with a snapshot at 100, damaged in its 21st batch, made anew. */
class RebuildTest {
  private static final int BATCH = 10;
  private static final long LAST_GOOD = 200;

  @TempDir Path room;
  private final Trader trader = new Trader();
  private Path damaged;
  private Path rebuilt;

  @BeforeEach
  void write() throws IOException {
    damaged = room.resolve("damaged");
    rebuilt = room.resolve("rebuilt");
    try (DataDirectory data = open(damaged)) {
      trader.trade(data, 10, BATCH);
      data.takeSnapshot();
      trader.trade(data, 20, BATCH);
    }
    final Path segment = JournalFiles.segments(damaged).get(0);
    try (SegmentReader reader = new SegmentReader();
        RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      reader.open(segment);
      for (int i = 0; i <= LAST_GOOD / BATCH; i++) {
        assertThat(reader.next()).isTrue();
      }
      file.seek(reader.position() + 100);
      final int was = file.read();
      file.seek(reader.position() + 100);
      file.write(was ^ 1);
    }
  }

  private static DataDirectory open(Path directory) throws IOException {
    return DataDirectory.open(directory, TestOptions.small(), Durability.WRITTEN);
  }

  private List<String> files() throws IOException {
    final List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(damaged)) {
      for (Path file : files.filter(path -> !path.endsWith("lock")).sorted().toList()) {
        lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return lines;
  }

  private void assertGoesOnFrom(long sequence) throws IOException {
    for (int generation = 0; generation < 2; generation++) {
      final long start = sequence + (long) generation * BATCH;
      try (DataDirectory data = open(rebuilt)) {
        assertThat(data.recovery().lastSequence()).isEqualTo(start);
        assertThat(Trader.digest(data.ledger())).isEqualTo(trader.digestAt(start));
        trader.trade(data, 1, BATCH);
      }
    }
    try (DirectoryVerification found = JournalVerifier.verifyAll(rebuilt)) {
      assertThat(found.journal().fault()).isEmpty();
      final Ledger ledger = found.ledger();
      assertThat(Trader.digest(ledger)).isEqualTo(trader.digestAt(sequence + 2 * BATCH));
    }
  }

  @Test
  void shouldGoOnFromTheLastGoodCommandAndLeaveTheDamagedDirectoryAsItIs() throws IOException {
    final List<String> before = files();
    assertThatThrownBy(() -> open(damaged)).isInstanceOf(JournalDamagedException.class);
    final Rebuild done = Rebuild.run(damaged, Rebuild.LAST_GOOD, rebuilt, TestOptions.small());
    assertThat(done.sequence()).isEqualTo(LAST_GOOD);
    assertThat(done.fault().orElseThrow().check()).isEqualTo(Check.CHECKSUM);
    assertThat(done.fault().orElseThrow().sequence()).isEqualTo(LAST_GOOD + 1);
    assertThat(files()).isEqualTo(before);
    assertGoesOnFrom(LAST_GOOD);
  }

  @Test
  void shouldGoOnFromTheCommandAskedFor() throws IOException {
    assertThat(Rebuild.run(damaged, 155, rebuilt, TestOptions.small()).sequence()).isEqualTo(155);
    assertGoesOnFrom(155);
  }

  @Test
  void shouldGoOnFromACommandBeforeTheSnapshot() throws IOException {
    assertThat(Rebuild.run(damaged, 60, rebuilt, TestOptions.small()).sequence()).isEqualTo(60);
    assertGoesOnFrom(60);
  }

  @Test
  void shouldRefuseToPromiseMoreThanIsGood() {
    assertThatThrownBy(() -> Rebuild.run(damaged, 201, rebuilt, TestOptions.small()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends at sequence 200")
        .hasMessageContaining("CHECKSUM");
    assertThat(rebuilt).doesNotExist();
  }

  @Test
  void shouldRefuseADirectoryThatHoldsSomething() {
    assertThatThrownBy(() -> Rebuild.run(damaged, 60, damaged, TestOptions.small()))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void shouldLeaveRoomForAnotherAttemptWhereTheDiskFails() throws IOException {
    final TroubledDisk disk = new TroubledDisk();
    disk.failForces();
    assertThatThrownBy(() -> Rebuild.run(damaged, 60, rebuilt, TestOptions.small().disk(disk)))
        .hasMessage("Input/output error");
    assertThat(rebuilt).isEmptyDirectory();
    assertThat(Rebuild.run(damaged, 60, rebuilt, TestOptions.small()).sequence()).isEqualTo(60);
    assertGoesOnFrom(60);
  }
}
