package dev.verdant.journal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.CachedPages;
import dev.verdant.journal.disk.Disk;
import dev.verdant.ledger.StatePart;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer and the reader of parts leave of them in the system's cache. */
class PartFilesTest {
  private static final int RUN = 1 << 20;

  /** More than is forced at once, and not a multiple of it. */
  private static final int RUNS = 33;

  private static final int PAGES = RUNS * RUN / 4096;

  @TempDir(factory = CachedPages.OnDisk.class)
  Path directory;

  @Test
  void shouldLetGoOfWhatItHasForced() throws Exception {
    final Path file = SnapshotFiles.part(directory, StatePart.STATE);
    try (PartWriter writer = new PartWriter(Disk.REAL, directory, 0)) {
      writer.begin(StatePart.STATE, (long) RUNS * RUN);
      write(writer);
      assertThat(CachedPages.count(file, 0, (RUNS - 1) * RUN)).isLessThan(PAGES / 10);
      assertThat(writer.finish()).hasSize(1);
    }
    assertThat(CachedPages.count(file, 0, RUNS * RUN)).isLessThan(PAGES / 10);
    assertThat(Files.readAllBytes(file)).isEqualTo(sevens(RUNS * RUN));
  }

  @Test
  void shouldLetGoOfWhatItHasRead() throws Exception {
    final Path file = SnapshotFiles.part(directory, StatePart.STATE);
    final List<PartChecksums> parts;
    try (PartWriter writer = new PartWriter(Disk.REAL, directory, 0)) {
      writer.begin(StatePart.STATE, (long) RUNS * RUN);
      write(writer);
      parts = writer.finish();
    }
    assertThat(Files.readAllBytes(file)).hasSize(RUNS * RUN);
    assertThat(CachedPages.count(file, 0, RUNS * RUN)).isGreaterThan(PAGES / 2);
    try (PartReader reader = new PartReader(directory, SnapshotManifestTest.manifest(7, parts))) {
      reader.check(StatePart.STATE);
    }
    assertThat(CachedPages.count(file, 0, RUNS * RUN)).isLessThan(PAGES / 10);
  }

  private static void write(PartWriter writer) {
    final ByteBuffer run = ByteBuffer.allocateDirect(RUN);
    run.put(sevens(RUN));
    for (int i = 0; i < RUNS; i++) {
      writer.write(BufferUtil.address(run), RUN);
    }
  }

  private static byte[] sevens(int length) {
    final byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }
}
