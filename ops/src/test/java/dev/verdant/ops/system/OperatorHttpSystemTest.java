package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.ServerProcess;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see, whoever else asks. */
class OperatorHttpSystemTest {
  @TempDir private Path data;

  @Test
  void shouldAnswerBesideOneWhoDoesNotFinishItsRequest() throws Exception {
    try (ServerProcess server = VerdantProcess.serve(data)) {
      URI metrics = ServerMetric.address(server);
      try (Socket stalled = new Socket()) {
        stalled.connect(new InetSocketAddress(metrics.getHost(), metrics.getPort()));
        stalled.getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
        assertThat(ServerMetric.read(server, "verdant_engine_failed")).isZero();
      }
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }
}
