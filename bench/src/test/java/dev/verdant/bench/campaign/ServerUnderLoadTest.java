package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdant.bench.limit.EchoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server beside which others have their turns; it is an echo, which opens accounts as well. */
class ServerUnderLoadTest {
  private static final char STOPPED = 'T';

  @TempDir private Path directory;

  private ServerUnderLoad start(String idle) throws IOException {
    final Settings settings =
        new Settings()
            .members(10)
            .idle(idle)
            .workDirectory(directory)
            .serverMain(List.of(EchoServer.class.getName()))
            .conclude();
    return ServerUnderLoad.start(settings, "echo");
  }

  /** Its state is behind its name in parentheses (proc(5)). */
  private static char state(ServerUnderLoad server) throws IOException {
    final String stat = Files.readString(Path.of("/proc/" + server.process().pid() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  @ParameterizedTest
  @CsvSource({"spin, true", "yield, true", "backoff, false"})
  void shouldStandStillBesideOthersWhereItWouldNotRestByItself(String idle, boolean stands)
      throws IOException {
    try (ServerUnderLoad server = start(idle)) {
      server.aside(
          () -> {
            await().until(() -> (state(server) == STOPPED) == stands);
            return null;
          });
      await().until(() -> state(server) != STOPPED);
    }
  }

  @Test
  void shouldGoOnWhereTheOtherFails() throws IOException {
    try (ServerUnderLoad server = start("spin")) {
      assertThatThrownBy(
              () ->
                  server.aside(
                      () -> {
                        throw new IOException("the peer ended");
                      }))
          .hasMessage("the peer ended");
      await().until(() -> state(server) != STOPPED);
    }
  }
}
