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

class PartWriterTest {
  private static final int RUN = 1 << 20;

  /** More than is forced at once, and not a multiple of it. */
  private static final int RUNS = 33;

  private static final int PAGES = RUNS * RUN / 4096;

  @TempDir(factory = CachedPages.OnDisk.class)
  Path directory;

  @Test
  void shouldLetGoOfWhatItHasForced() throws Exception {
    final ByteBuffer run = ByteBuffer.allocateDirect(RUN);
    final byte[] content = new byte[RUN];
    Arrays.fill(content, (byte) 7);
    run.put(content);
    final Path file = SnapshotFiles.part(directory, StatePart.ACCOUNTS);
    final List<PartChecksums> parts;
    try (PartWriter writer = new PartWriter(Disk.REAL, directory, 0)) {
      writer.begin(StatePart.ACCOUNTS, (long) RUNS * RUN);
      for (int i = 0; i < RUNS; i++) {
        writer.write(BufferUtil.address(run), RUN);
      }
      assertThat(CachedPages.count(file, 0, (RUNS - 1) * RUN)).isLessThan(PAGES / 10);
      parts = writer.finish();
    }
    assertThat(CachedPages.count(file, 0, RUNS * RUN)).isLessThan(PAGES / 10);
    assertThat(parts).hasSize(1);
    final byte[] written = Files.readAllBytes(file);
    assertThat(written).hasSize(RUNS * RUN);
    assertThat(Arrays.copyOfRange(written, (RUNS - 1) * RUN, RUNS * RUN)).isEqualTo(content);
  }
}
