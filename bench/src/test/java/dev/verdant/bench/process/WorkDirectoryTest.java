package dev.verdant.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  private static final int FILES = 20_000;

  @TempDir private Path parent;

  /** As the end of a process does that is told to end while it measures. */
  @Test
  void shouldBeGoneThoughFilesAreStillMadeInItMeanwhile() throws Exception {
    WorkDirectory work = WorkDirectory.in(parent);
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> files = executor.submit(() -> makeFiles(work.path(), begun));
      begun.await();
      work.close();
      files.get();
      assertThat(work.path()).doesNotExist();
    } finally {
      executor.shutdownNow();
    }
  }

  /** Until the directory is gone, and at most so many. */
  private static Void makeFiles(Path directory, CountDownLatch begun) throws IOException {
    for (int i = 0; i < FILES; i++) {
      try {
        Files.createFile(directory.resolve("file-" + i));
      } catch (NoSuchFileException e) {
        return null;
      }
      begun.countDown();
    }
    return null;
  }
}
