package dev.verdant.ops.server;

import static org.awaitility.Awaitility.await;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.protocol.codec.Durability;
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
    try (DataDirectory data =
            DataDirectory.open(
                directory, new JournalOptions().reserveBytes(0), Durability.WRITTEN);
        Engine engine =
            Engine.launch(
                new EngineContext()
                    .ledger(data.ledger())
                    .journal(data.journal())
                    .failureListener(cause -> {}));
        ReleaseTimer timer =
            new ReleaseTimer(
                engine,
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
