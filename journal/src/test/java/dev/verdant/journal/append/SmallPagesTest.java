package dev.verdant.journal.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of mapped blocks, as the system tells them of this process's maps. */
class SmallPagesTest {
  private static final int BLOCK_BYTES = 4 << 20;
  private static final int OVERLAP_BYTES = 1 << 20;
  private static final int BLOCKS = 3;
  private static final int BEGINNING_KIB = 256;

  @TempDir Path directory;

  @Test
  void shouldReadTheBeginningOfTheNextBlockBeforehand() throws Exception {
    final Path file = directory.resolve("mapped");
    final SmallPages pages = new SmallPages();
    try (MappedBytes bytes = MappedBytes.mappedBytes(file.toFile(), BLOCK_BYTES, OVERLAP_BYTES)) {
      bytes.singleThreadedCheckDisabled(true);
      for (int block = 0; block < BLOCKS; block++) {
        final long start = (long) block * BLOCK_BYTES;
        bytes.writePosition(start);
        bytes.writeLong(1);
        final MappedBytesStore store = (MappedBytesStore) bytes.bytesStore();
        assertThat(store.start()).isEqualTo(start);
        final long address = store.addressForRead(start);
        final int before = residentKib(address);
        pages.advise(store);
        assertThat(residentKib(address) - before)
            .as("block %d", block)
            .isGreaterThanOrEqualTo(BEGINNING_KIB);
      }
    }
  }

  /** KiB of the map that begins at an address which this process has in reach. */
  private static int residentKib(long address) throws IOException {
    boolean ours = false;
    for (final String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        ours = line.startsWith(Long.toHexString(address) + "-");
      } else if (ours && line.startsWith("Rss:")) {
        return Integer.parseInt(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no map at " + Long.toHexString(address));
  }
}
