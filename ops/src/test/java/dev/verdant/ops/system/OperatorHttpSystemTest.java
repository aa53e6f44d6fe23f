package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  @Test
  void shouldNotLogThatOneHangsUp() throws Exception {
    try (ServerProcess server = VerdantProcess.serve(data)) {
      URI metrics = ServerMetric.address(server);
      for (int i = 0; i < 20; i++) {
        hangUpBehind("GET /metrics", metrics);
        hangUpBehind("GET /ready", metrics);
        hangUpBehind("HEAD /metrics", metrics);
      }
      assertThat(ServerMetric.read(server, "verdant_engine_failed")).isZero();
      assertThat(server.stop()).as("%s", server.lines()).isZero();
      assertThat(server.lines()).allMatch(line -> line.matches("\\d{4}-\\S+ INFO .*"));
    }
  }

  @Test
  void shouldServeTheMetricsThatThePageForOperatorsTells() throws Exception {
    String page = Files.readString(Path.of("OPERATIONS.md"));
    String table = page.substring(page.indexOf("| metric"), page.indexOf("There is no latency"));
    try (ServerProcess server = DailyReleaseSystemTest.serve(data)) {
      Set<String> served =
          ServerMetric.body(server)
              .lines()
              .filter(line -> line.startsWith("verdant_"))
              .map(line -> line.substring("verdant_".length(), line.indexOf(' ')))
              .collect(Collectors.toSet());
      Set<String> told =
          Pattern.compile("`([a-z_]+)`")
              .matcher(table)
              .results()
              .map(name -> name.group(1))
              .collect(Collectors.toSet());
      told.remove("synced");
      assertThat(told).isEqualTo(served);
      assertThat(server.stop()).as("%s", server.lines()).isZero();
    }
  }

  /** Asks, and is gone with a reset before the answer is written. */
  private static void hangUpBehind(String request, URI address) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoLinger(true, 0);
      socket
          .getOutputStream()
          .write(
              (request + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
    }
  }
}
