package dev.verdant.ops.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.verdant.pipeline.Engine;
import io.prometheus.metrics.exporter.common.PrometheusScrapeHandler;
import io.prometheus.metrics.exporter.httpserver.HttpExchangeAdapter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What operators watch: {@code /metrics} in the Prometheus format; {@code /health}, 200 while the
 * engine works and 503 after it has failed; {@code /ready}, 200 while commands are taken and 503
 * while they are not. A few threads of its own: one that does not finish its request keeps one of
 * them, until the time is up that {@code ops/etc/jvm.options} gives it.
 */
final class OperatorHttp implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int UNAVAILABLE = 503;
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";

  private final HttpServer server;
  private final ExecutorService executor;

  private OperatorHttp(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Looks whether an address can be bound now. Does not listen, and not by a server of the JDK's,
   * which keeps its address where it is stopped before it was started.
   *
   * @throws IOException if it cannot.
   */
  static void requireFree(InetSocketAddress address) throws IOException {
    try (SocketChannel socket = SocketChannel.open()) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address);
    }
  }

  static OperatorHttp launch(InetSocketAddress address, Engine engine, PrometheusRegistry metrics)
      throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "verdant-http"));
    server.setExecutor(executor);
    OperatorHttp http = new OperatorHttp(server, executor);
    PrometheusScrapeHandler scrapes = new PrometheusScrapeHandler(metrics);
    Map<String, HttpHandler> pages =
        Map.of(
            "/metrics", exchange -> metrics(exchange, scrapes),
            "/health", exchange -> state(exchange, failure(engine)),
            "/ready", exchange -> state(exchange, failure(engine).or(() -> fullDisk(engine))));
    // A context of the JDK's has all paths that begin as it does, so the one of all tells them.
    server.createContext("/", exchange -> page(exchange, pages));
    try {
      // All at once: a system that gives no more of them refuses a start, not a request.
      executor.prestartAllCoreThreads();
      server.start();
      return http;
    } catch (RuntimeException | Error e) {
      http.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }

  private static void page(HttpExchange exchange, Map<String, HttpHandler> pages)
      throws IOException {
    HttpHandler page = pages.get(exchange.getRequestURI().getPath());
    String method = exchange.getRequestMethod();
    if (page == null) {
      answer(exchange, NOT_FOUND, "there are /metrics, /health and /ready");
    } else if (method.equals(GET) || method.equals(HEAD)) {
      page.handle(exchange);
    } else {
      exchange.getResponseHeaders().set("Allow", GET + ", " + HEAD);
      answer(exchange, METHOD_NOT_ALLOWED, "GET and HEAD only");
    }
  }

  private static void metrics(HttpExchange exchange, PrometheusScrapeHandler scrapes)
      throws IOException {
    if (exchange.getRequestMethod().equals(HEAD)) {
      // The handler would write a body where it may compress one.
      answer(exchange, OK, "");
      return;
    }
    scrapes.handleRequest(
        new HttpExchangeAdapter(exchange) {
          @Override
          public void handleException(IOException hungUp) {
            // Who asked is gone: no event, and nobody to tell.
          }
        });
  }

  private static Optional<String> failure(Engine engine) {
    return Optional.ofNullable(engine.failure())
        .map(failure -> "the engine failed: " + failure.getMessage());
  }

  private static Optional<String> fullDisk(Engine engine) {
    return engine.hasSpace()
        ? Optional.empty()
        : Optional.of("the disk is below its reserve, no commands are taken");
  }

  private static void state(HttpExchange exchange, Optional<String> trouble) throws IOException {
    answer(exchange, trouble.isPresent() ? UNAVAILABLE : OK, trouble.orElse("OK"));
  }

  private static void answer(HttpExchange exchange, int status, String line) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals(HEAD)) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
