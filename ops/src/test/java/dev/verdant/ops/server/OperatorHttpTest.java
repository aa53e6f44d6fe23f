package dev.verdant.ops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.Journal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorHttpTest {
  private final AtomicBoolean space = new AtomicBoolean(true);
  private final Ledger ledger = new Ledger();
  private Engine engine;
  private OperatorHttp http;

  @BeforeEach
  void launch() throws IOException {
    engine =
        Engine.launch(
            new EngineContext()
                .ledger(ledger)
                .journal(new IdleJournal())
                .failureListener(cause -> {}));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    http = OperatorHttp.launch(anyPort, engine, new PrometheusRegistry());
  }

  @AfterEach
  void close() {
    http.close();
    engine.close();
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health", "/ready"})
  void shouldAnswerGetAndHeadOnly(String path) throws Exception {
    assertThat(ask("GET", path).statusCode()).isEqualTo(200);
    HttpResponse<String> head = ask("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      HttpResponse<String> refused = ask(method, path);
      assertThat(refused.statusCode()).as(method).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
    }
  }

  @Test
  void shouldLeaveAnAddressFreeThatWasLookedAt() throws Exception {
    InetSocketAddress address = http.address();
    assertThatThrownBy(() -> OperatorHttp.requireFree(address)).isInstanceOf(BindException.class);
    http.close();
    OperatorHttp.requireFree(address);
    http = OperatorHttp.launch(address, engine, new PrometheusRegistry());
    assertThat(ask("GET", "/ready").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"GET,/", "GET,/metricsx", "GET,/metrics/x", "HEAD,/healthz", "POST,/x"})
  void shouldKnowNoOtherPaths(String method, String path) throws Exception {
    assertThat(ask(method, path).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldBeAliveAndNotReadyWhileTheDiskIsBelowItsReserve() throws Exception {
    assertThat(ask("GET", "/ready").body()).isEqualTo("OK\n");
    space.set(false);
    HttpResponse<String> refused = ask("GET", "/ready");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("the disk is below its reserve, no commands are taken\n");
    assertThat(ask("GET", "/health").statusCode()).isEqualTo(200);
    space.set(true);
    assertThat(ask("GET", "/ready").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ready", "/health"})
  void shouldSayWhyTheEngineFailed(String path) throws Exception {
    engine.fail(new IOException("the disk is gone"));
    HttpResponse<String> refused = ask("GET", path);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("the engine failed: the disk is gone\n");
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    InetSocketAddress address = http.address();
    URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Has space as the test wants it. */
  private final class IdleJournal implements Journal {
    @Override
    public int maxBatchLength() {
      return 512 * 1024;
    }

    @Override
    public void append(
        long firstSequence, int count, DirectBuffer commands, int offset, int length) {
      throw new AssertionError("no command is sent");
    }

    @Override
    public long force() {
      return 0;
    }

    @Override
    public void roll() {}

    @Override
    public boolean hasSpace() {
      return space.get();
    }

    @Override
    public long lastSequence() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
