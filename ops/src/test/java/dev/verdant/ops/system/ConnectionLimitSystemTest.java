package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.Query;
import dev.verdant.ops.process.ServerProcess;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.RemoteSession;
import dev.verdant.protocol.ConnectionLostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators set and see of connections that are too many. */
class ConnectionLimitSystemTest {
  private static final int REFUSALS = 5;
  private static final int ANSWER_SECONDS = 60;

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

  private static long sequence(RemoteSession session) {
    return new Exchange(session.connection(), 1, ANSWER_SECONDS)
        .call(new Query.Sequence())
        .sequence();
  }

  private static RemoteSession connect(ServerProcess server) {
    return RemoteSession.connect("127.0.0.1", server.port());
  }
}
