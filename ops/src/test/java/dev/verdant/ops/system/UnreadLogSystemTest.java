package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.system.VerdantProcess.Outcome;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose log nobody reads. */
class UnreadLogSystemTest {
  private static final int SECONDS = 60;

  /** A pipe that is full, held open by the server itself. */
  private static final String WITH_FULL_STANDARD_ERROR =
      """
      mkfifo unread && exec 3<>unread
      dd if=/dev/zero of=unread oflag=nonblock bs=4096 count=1024 2>dd.txt
      exec "$@" 2>&3
      """;

  @TempDir private Path directory;

  @Test
  void shouldServeAndStopInGoodOrder() throws Exception {
    int port = Ports.free(0);
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", WITH_FULL_STANDARD_ERROR, "verdant"));
    command.addAll(serve(port, Ports.free(port)));
    Process server = new ProcessBuilder(command).directory(directory.toFile()).start();
    try {
      Ports.awaitListening(port, server);
      assertThat(directory.resolve("dd.txt")).content().contains("Resource temporarily");
      Outcome applied = applyTo(port);
      assertThat(applied.status()).as(applied.err()).isZero();
      server.destroy();
      assertThat(server.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
    }
    assertThat(server.exitValue()).isZero();
  }

  /** As on a disk that is full. */
  @Test
  void shouldCountWhatIsRefused() throws Exception {
    int port = Ports.free(0);
    int httpPort = Ports.free(port);
    Process server =
        new ProcessBuilder(serve(port, httpPort)).redirectError(new File("/dev/full")).start();
    try {
      Ports.awaitListening(httpPort, server);
      // By then it has told of its directory.
      assertThat(
              ServerMetric.read(
                  URI.create("http://127.0.0.1:" + httpPort + "/metrics"),
                  "verdant_log_bytes_lost_total"))
          .isPositive();
    } finally {
      server.destroyForcibly();
    }
  }

  private List<String> serve(int port, int httpPort) {
    return VerdantProcess.serveCommand(directory.resolve("data"), port, httpPort);
  }

  private Outcome applyTo(int port) throws Exception {
    Path script =
        Files.writeString(
            directory.resolve("script"),
            "{\"op\": \"open-account\", \"account\": 1, \"kind\": \"CONSUMER\"}\n");
    return VerdantProcess.run(
        directory, "apply", "--connect", "127.0.0.1:" + port, script.toString());
  }
}
