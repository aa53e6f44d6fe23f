package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.Query;
import dev.verdant.ops.process.JavaCommand;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.ConnectionLostException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators set and see of connections that are too many. */
class ConnectionLimitSystemTest {
  private static final int REFUSALS = 5;
  private static final int ANSWER_SECONDS = 60;
  private static final int CROWD = 200;

  /** A JVM needs some half of them itself. */
  private static final List<String> WITH_FEW_FILES =
      List.of("sh", "-c", "ulimit -n 180; exec \"$@\"", "sh");

  @TempDir private Path data;

  @Test
  void shouldTurnAwayBeyondTheLimitThatIsSetAndTellOfIt() throws Exception {
    try (ServerProcess server = VerdantProcess.serve(data, "--max-connections", "2");
        RemoteSession first = connect(server);
        RemoteSession second = connect(server)) {
      assertThat(ServerMetric.read(server, "verdant_connections_refused_total")).isZero();
      for (int i = 0; i < REFUSALS; i++) {
        assertThatThrownBy(() -> connect(server)).isInstanceOf(ConnectionLostException.class);
      }
      assertThat(ServerMetric.read(server, "verdant_connections_refused_total"))
          .isEqualTo(REFUSALS);
      assertThat(sequence(first)).as("those within are served").isZero();
      assertThat(sequence(second)).isZero();
      assertThat(server.stop()).as("%s", server.lines()).isZero();
      assertThat(server.lines())
          .filteredOn(line -> line.contains("turning connections away: 2 are open"))
          .singleElement()
          .as("the engine's log has the form of the server's")
          .satisfies(line -> assertThat(line).matches("20\\S+T\\S+ WARN Refusals - turning.*"));
    }
  }

  @Test
  void shouldRefuseToStartWhereTheConnectionsSetHaveNoFileDescriptors() throws Exception {
    try (ServerProcess server =
        launch().through(WITH_FEW_FILES).options(List.of("--max-connections", "257")).start()) {
      assertThat(server.awaitEnd()).as("%s", server.lines()).isEqualTo(2);
      assertThat(server.lines())
          .anyMatch(
              line ->
                  line.contains(
                      "--max-connections 257 needs as many file descriptors and 128 more, and this"
                          + " process may have 180"));
    }
  }

  @Test
  void shouldServeOthersWhileThereAreNoFileDescriptorsAndLetPeersInAfterwards() throws Exception {
    assertTurnsAwayACrowd(
        launch().through(WITH_FEW_FILES),
        "--max-connections 256 needs as many file descriptors and 128 more, and this process may"
            + " have 180 (ulimit -n): where they run out",
        "turning connections away: cannot accept one, ");
  }

  @Test
  void shouldTurnAwayThoseThatThereIsNoMemoryForAndServeOthers() throws Exception {
    assertTurnsAwayACrowd(
        launch().jvmFlags(List.of("-XX:MaxDirectMemorySize=32m")),
        " are open, and there is no direct memory for more; ");
  }

  /** And say so, serve those within meanwhile, and let others in when it has gone. */
  private static void assertTurnsAwayACrowd(ServerLaunch launch, String... told) throws Exception {
    try (ServerProcess server = launch.start();
        RemoteSession within = connect(server)) {
      List<SocketChannel> crowd = connectMany(server);
      try {
        for (String part : told) {
          awaitLine(server, part);
        }
        assertThat(sequence(within)).as("those within are served").isZero();
      } finally {
        CloseHelper.closeAll(crowd);
      }
      try (RemoteSession later = awaitPlace(server)) {
        assertThat(sequence(later)).isZero();
      }
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }

  private ServerLaunch launch() {
    return new ServerLaunch(data)
        .jvmFlags(JavaCommand.SHORT_LIVED)
        .options(List.of("--clock", "commands"));
  }

  /** More peers than a server with too little of something has room for. */
  private static List<SocketChannel> connectMany(ServerProcess server) throws IOException {
    List<SocketChannel> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(
          SocketChannel.open(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port())));
    }
    return crowd;
  }

  /** The server may not have noticed yet that the crowd has gone. */
  private static RemoteSession awaitPlace(ServerProcess server) {
    AtomicReference<RemoteSession> session = new AtomicReference<>();
    Awaitility.await("a place")
        .atMost(Duration.ofSeconds(ANSWER_SECONDS))
        .ignoreException(ConnectionLostException.class)
        .until(
            () -> {
              session.set(connect(server));
              return true;
            });
    return session.get();
  }

  private static void awaitLine(ServerProcess server, String part) {
    Awaitility.await(part)
        .atMost(Duration.ofSeconds(ANSWER_SECONDS))
        .until(() -> server.lines().stream().anyMatch(line -> line.contains(part)));
  }

  private static long sequence(RemoteSession session) {
    return new Exchange(session.connection(), 1, ANSWER_SECONDS)
        .call(new Query.Sequence())
        .sequence();
  }

  private static RemoteSession connect(ServerProcess server) {
    return RemoteSession.connect("127.0.0.1", server.port());
  }
}
