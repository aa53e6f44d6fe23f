package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop while it starts. */
class StopSystemTest {
  private static final int SECONDS = 60;

  @TempDir private Path directory;

  /** At ports that are told, as an operator's: the start has looked whether they are free. */
  @Test
  void shouldServeAtItsPortsAndStopInGoodOrderFromTheFirstConnectionOn() throws Exception {
    int port = Ports.free(0);
    int httpPort = Ports.free(port);
    Path log = directory.resolve("log");
    Process server =
        new ProcessBuilder(VerdantProcess.serveCommand(directory.resolve("data"), port, httpPort))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      Ports.awaitListening(port, server);
      server.destroy();
      assertThat(server.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.destroyForcibly();
    }
    assertThat(server.exitValue()).as(Files.readString(log)).isZero();
    assertThat(log).content().contains("stopped");
  }

  @Test
  void shouldStartAgainAfterAStopWhileItOpensItsDirectory() throws Exception {
    Path data = directory.resolve("data");
    try (ServerProcess server = VerdantProcess.serve(data)) {
      server.awaitOpening();
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
    try (ServerProcess server = VerdantProcess.serve(data)) {
      server.port();
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }

  /** By SIGTERM: the others are ignored wherever a build runs in the background or by nohup. */
  @Test
  void shouldAbandonItsRecoveryWhenToldToStop() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    // Nobody writes into this pipe, so a start that reads it never gets beyond.
    run("mkfifo", data.resolve("acknowledged").toString());
    try (ServerProcess server = VerdantProcess.serve(data)) {
      server.awaitOpening();
      assertThat(server.stop()).as("%s", server.lines()).isZero();
      assertThat(server.lines().get(server.lines().size() - 1))
          .contains("stopped before the ledger was recovered");
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
