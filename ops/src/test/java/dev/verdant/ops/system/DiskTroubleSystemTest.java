package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.Query;
import dev.verdant.ops.drill.ground.FillableDisk;
import dev.verdant.ops.drill.ground.Platform;
import dev.verdant.ops.process.JavaCommand;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.codec.AccountKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators and clients of a real server see when the disk has no room, or fails. */
class DiskTroubleSystemTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Limits the length of files, in blocks of 512 or 1,024 bytes, below any file of the journal. */
  private static final List<String> WITH_SHORT_FILES =
      List.of("sh", "-c", "ulimit -f 2048; exec \"$@\"", "sh");

  @TempDir private Path directory;

  @Test
  void shouldSayInLogAndMetricsWhenThereIsNoSpaceAndWhenThereIsAgain() throws Exception {
    try (FillableDisk disk = FillableDisk.at(directory.resolve("disk"), Platform.probe());
        ServerProcess server =
            VerdantProcess.serve(
                disk.path().resolve("data"),
                "--disk-reserve-mib",
                Integer.toString(disk.reserveMib()));
        RemoteSession session = RemoteSession.connect("127.0.0.1", server.port())) {
      Exchange exchange = new Exchange(session.connection(), 1, (int) DEADLINE.toSeconds());
      assertThat(open(exchange, 1)).isEqualTo("OK");
      assertThat(outOfSpace(server)).isZero();

      disk.fillBelowReserve();
      // The server looks ten times a second: before, it may still take a command.
      await("the server has looked").until(() -> outOfSpace(server) == 1);
      assertThat(open(exchange, 2)).contains("OUT_OF_SPACE");
      assertThat(exchange.call(new Query.Sequence()).sequence()).as("queries go on").isEqualTo(1);
      await("the log says so").until(() -> says(server, "ERROR", "taking no commands: "));

      disk.free();
      await("a command is taken").until(() -> open(exchange, 3).equals("OK"));
      assertThat(outOfSpace(server)).isZero();
      await("the log says so").until(() -> says(server, "INFO", "taking commands again: "));
      assertThat(exchange.call(new Query.Sequence()).sequence()).isEqualTo(2);
      assertThat(server.lines().stream().filter(line -> line.contains("taking "))).hasSize(2);
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"written", "synced"})
  void shouldEndWithStatus1AndSayWhyWhenTheRecordOfAcknowledgementsIsCut(String durability)
      throws Exception {
    Path data = directory.resolve("data");
    try (ServerProcess server = VerdantProcess.serve(data, "--durability", durability);
        RemoteSession session = RemoteSession.connect("127.0.0.1", server.port())) {
      Exchange exchange = new Exchange(session.connection(), 1, (int) DEADLINE.toSeconds());
      assertThat(open(exchange, 1)).isEqualTo("OK");
      Files.write(data.resolve("acknowledged"), new byte[0]);
      assertThat(open(exchange, 2)).isNotEqualTo("OK");
      assertThat(server.awaitEnd()).as("%s", server.lines()).isEqualTo(1);
      assertThat(server.lines())
          .anyMatch(line -> line.contains("refused a store to the map of a file"));
    }
    assertThat(Views.ofDirectory(data).accounts().lines())
        .anyMatch(line -> line.contains("\"account\":1,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"written", "synced"})
  void shouldEndWithStatus1AndSayWhyWhenTheSystemRefusesTheJournalItsFile(String durability)
      throws Exception {
    Path data = directory.resolve("data");
    try (ServerProcess server =
            new ServerLaunch(data)
                .through(WITH_SHORT_FILES)
                .jvmFlags(JavaCommand.SHORT_LIVED)
                .options(List.of("--clock", "commands", "--durability", durability))
                .start();
        RemoteSession session = RemoteSession.connect("127.0.0.1", server.port())) {
      Exchange exchange = new Exchange(session.connection(), 1, (int) DEADLINE.toSeconds());
      assertThat(open(exchange, 1)).contains("ENGINE_FAILED");
      assertThat(server.awaitEnd()).as("%s", server.lines()).isEqualTo(1);
      assertThat(server.lines().get(server.lines().size() - 1))
          .startsWith("verdant serve: the engine failed: cannot append the batch from sequence 1")
          .contains(data.toString());
    }
    try (ServerProcess server = VerdantProcess.serve(data);
        RemoteSession session = RemoteSession.connect("127.0.0.1", server.port())) {
      Exchange exchange = new Exchange(session.connection(), 1, (int) DEADLINE.toSeconds());
      assertThat(open(exchange, 1)).as("nothing of it was kept").isEqualTo("OK");
    }
  }

  /** Opens an account; tells the status, or what a ledger said that takes no more. */
  private static String open(Exchange exchange, long account) {
    try {
      return exchange
          .call(OpenAccountRequest.of(account, AccountKind.CONSUMER).at(1))
          .status()
          .toString();
    } catch (CommandFailure e) {
      return e.getMessage();
    }
  }

  private static boolean says(ServerProcess server, String level, String text) {
    return server.lines().stream().anyMatch(line -> line.contains(level) && line.contains(text));
  }

  private static double outOfSpace(ServerProcess server) throws Exception {
    return ServerMetric.read(server, "verdant_out_of_space");
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(DEADLINE);
  }
}
