package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A metric of a running server, as a monitoring system reads it. */
final class ServerMetric {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Pattern HTTP = Pattern.compile("http on (\\S+:\\d+),");

  private ServerMetric() {}

  /** Where the metrics are served, as soon as the server serves. */
  static URI address(ServerProcess server) throws IOException {
    server.port();
    Matcher http = HTTP.matcher(String.join("\n", server.lines()));
    assertThat(http.find()).isTrue();
    return URI.create("http://" + http.group(1) + "/metrics");
  }

  /** The value of the metric with this name, as soon as the server serves. */
  static double read(ServerProcess server, String name) throws IOException, InterruptedException {
    return read(address(server), name);
  }

  /** The same of a server whose metrics are served there. */
  static double read(URI metrics, String name) throws IOException, InterruptedException {
    return body(metrics)
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** All of them, as they are served. */
  static String body(ServerProcess server) throws IOException, InterruptedException {
    return body(address(server));
  }

  private static String body(URI metrics) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(metrics).timeout(DEADLINE).build(),
                HttpResponse.BodyHandlers.ofString());
    return response.body();
  }
}
