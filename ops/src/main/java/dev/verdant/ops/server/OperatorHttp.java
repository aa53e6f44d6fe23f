package dev.verdant.ops.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.verdant.pipeline.Engine;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What operators watch: {@code /metrics} in the Prometheus format, and {@code /health}, 200 while
 * the engine works and 503 after it has failed. A few threads of its own: one that does not finish
 * its request keeps one of them, until the time is up that {@code ops/etc/jvm.options} gives it.
 */
final class OperatorHttp implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private final ExecutorService executor;

  private OperatorHttp(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  static OperatorHttp launch(InetSocketAddress address, Engine engine, PrometheusRegistry metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService executor =
        Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "verdant-http"));
    server.setExecutor(executor);
    server.createContext("/metrics", new MetricsHandler(metrics));
    server.createContext("/health", exchange -> health(exchange, engine));
    server.start();
    return new OperatorHttp(server, executor);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }

  private static void health(HttpExchange exchange, Engine engine) throws IOException {
    try (exchange) {
      boolean works = engine.failure() == null;
      byte[] body =
          (works ? "OK\n" : "the engine failed: " + engine.failure().getMessage() + "\n")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(works ? OK : UNAVAILABLE, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
