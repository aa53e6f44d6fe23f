package dev.verdant.journal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.CachedPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCacheTest {
  private static final int LENGTH = 1 << 20;
  private static final int FROM = LENGTH / 4;
  private static final int PART = LENGTH / 2;

  @TempDir(factory = CachedPages.OnDisk.class)
  Path directory;

  @Test
  void shouldLetGoOfAStretchOnceItIsWritten() throws Exception {
    final byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, (byte) 7);
    final Path file = Files.write(directory.resolve("file"), bytes);
    final int before = CachedPages.count(file, 0, FROM);
    assertThat(before).isPositive();
    try (PageCache cache = PageCache.of(file)) {
      cache.beginToWrite(FROM, PART);
      await()
          .atMost(60, TimeUnit.SECONDS)
          .until(
              () -> {
                cache.letGo(FROM, PART);
                return CachedPages.count(file, FROM, PART) == 0;
              });
    }
    assertThat(CachedPages.count(file, 0, FROM)).isEqualTo(before);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void shouldSayWhatTheSystemRefuses() throws Exception {
    final Path file = Files.write(directory.resolve("file"), new byte[LENGTH]);
    try (PageCache cache = PageCache.of(file)) {
      assertThatThrownBy(() -> cache.letGo(0, -1))
          .isInstanceOf(IOException.class)
          .hasMessage("the system does not let go of pages of " + file + ": error 22");
      assertThatThrownBy(() -> cache.beginToWrite(0, -1))
          .isInstanceOf(IOException.class)
          .hasMessage("the system does not begin to write " + file + ": error 22");
    }
  }

  @Test
  void shouldNameTheFileThatItCannotOpen() {
    final Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> PageCache.of(missing))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot open " + missing + ": error 2");
  }
}
