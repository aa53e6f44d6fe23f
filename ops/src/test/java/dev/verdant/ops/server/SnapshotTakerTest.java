package dev.verdant.ops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.verdant.client.request.AccountOptions;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.Request;
import dev.verdant.ops.session.Exchange;
import dev.verdant.pipeline.Engine;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.AccountKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTakerTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** A log that has no memory for the line of a failure. */
  private final PrintStream log =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
        @Override
        public void println(String line) {
          if (line.contains("no snapshot")) {
            throw new InternalError("too little memory, say");
          }
        }
      };

  @Test
  void shouldEndASnapshotAndTakeTheNextWhereItsFailureCannotBeLogged(@TempDir Path directory)
      throws IOException {
    final PrintStream standardError = System.err;
    try (EngineOnDisk disk = EngineOnDisk.open(directory);
        SnapshotTaker taker =
            new SnapshotTaker(disk.data().snapshots(), new SnapshotSchedule(0, 0, false), 0)) {
      openAccount(disk.engine());
      final Path inTheWay = Files.createFile(directory.resolve("snapshots"));
      System.setErr(log);
      taker.start(disk.engine());
      take(taker);
      assertThat(taker.failures()).isEqualTo(1);
      System.setErr(standardError);
      Files.delete(inTheWay);
      take(taker);
      assertThat(taker.progress().sequence()).isEqualTo(1);
    } finally {
      System.setErr(standardError);
    }
  }

  @Test
  void shouldTellInOneLineThatAClosedEngineGivesNone(@TempDir Path directory) throws IOException {
    final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    final PrintStream standardError = System.err;
    try (EngineOnDisk disk = EngineOnDisk.open(directory);
        SnapshotTaker taker =
            new SnapshotTaker(disk.data().snapshots(), new SnapshotSchedule(0, 0, false), 0)) {
      System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
      taker.start(disk.engine());
      disk.engine().close();
      take(taker);
    } finally {
      System.setErr(standardError);
    }
    assertThat(lines.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .endsWith("no snapshot: the engine is closed");
  }

  private static void openAccount(Engine engine) {
    try (MessageConnection connection = engine.connect()) {
      new Exchange(connection, 1, (int) LONG.toSeconds())
          .call(
              new OpenAccountRequest(
                  1, AccountKind.CONSUMER, AccountOptions.NONE, Request.NO_TIME));
    }
  }

  private static void take(SnapshotTaker taker) {
    final long number = taker.begin();
    await().atMost(LONG).until(() -> taker.progress().ended() >= number);
  }
}
