package dev.verdant.journal.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdant.journal.CachedPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesBehindTest {
  private static final int MIB = 1 << 20;
  private static final int PASSED = 24 * MIB;
  private static final int GONE = 12 * MIB;

  @TempDir(factory = CachedPages.OnDisk.class)
  Path directory;

  @Test
  void shouldLetGoOfWhatHasBeenPassedAndKeepWhatItHolds() throws Exception {
    final byte[] bytes = new byte[PASSED + MIB];
    Arrays.fill(bytes, (byte) 7);
    try (PagesBehind behind = new PagesBehind()) {
      behind.start();
      for (final String name : new String[] {"first", "second"}) {
        final Path file = Files.write(directory.resolve(name), bytes);
        assertThat(CachedPages.count(file, 0, GONE)).isPositive();
        behind.passed(file, PASSED);
        awaitGone(file);
        assertThat(CachedPages.count(file, PASSED, MIB)).isPositive();
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
      }
    }
  }

  @Test
  void shouldFollowAsTheAppenderGoesOn() throws Exception {
    final Path file = Files.write(directory.resolve("file"), new byte[2 * PASSED]);
    try (PagesBehind behind = new PagesBehind()) {
      behind.start();
      behind.passed(file, MIB);
      behind.passed(file, PASSED);
      awaitGone(file);
      assertThat(CachedPages.count(file, PASSED, GONE)).isPositive();
      behind.passed(file, 2 * PASSED);
      await().atMost(60, TimeUnit.SECONDS).until(() -> CachedPages.count(file, PASSED, GONE) == 0);
    }
  }

  private static void awaitGone(Path file) throws IOException {
    await().atMost(60, TimeUnit.SECONDS).until(() -> CachedPages.count(file, 0, GONE) == 0);
  }
}
