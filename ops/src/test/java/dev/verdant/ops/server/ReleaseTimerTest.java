package dev.verdant.ops.server;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTimerTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /** Nobody would look for releases that do not come. */
  @Test
  void shouldTellOfAnErrorThatEndsIt(@TempDir Path directory) throws IOException {
    final PrintStream standardError = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (EngineOnDisk disk = EngineOnDisk.open(directory);
        ReleaseTimer timer =
            new ReleaseTimer(
                disk.engine(),
                () -> {
                  throw new OutOfMemoryError("of a test");
                },
                LocalTime.MIDNIGHT)) {
      timer.start();
      await()
          .atMost(LONG)
          .until(() -> log.toString(StandardCharsets.UTF_8).contains("no more daily releases"));
    } finally {
      System.setErr(standardError);
    }
  }
}
