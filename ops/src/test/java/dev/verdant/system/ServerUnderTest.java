package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.BackPressure;
import dev.verdant.client.ClientConfig;
import dev.verdant.client.ReconnectPolicy;
import dev.verdant.gateway.LedgerServer;
import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A server on a data directory, at a free port, its clock standing at 0. */
final class ServerUnderTest implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  /** Requests that a connection may have unanswered. */
  static final int MAX_IN_FLIGHT = 2048;

  /** Longer than any machine should need. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DataDirectory data;
  private final LedgerServer server;

  private ServerUnderTest(DataDirectory data, LedgerServer server) {
    this.data = data;
    this.server = server;
  }

  static ServerUnderTest launch(Path directory) throws IOException {
    return launch(directory, engine -> {});
  }

  /** With options of the engine other than the usual. */
  static ServerUnderTest launch(Path directory, Consumer<EngineContext> options)
      throws IOException {
    DataDirectory data =
        DataDirectory.open(directory, new JournalOptions().conclude(), Durability.WRITTEN);
    EngineContext engine =
        new EngineContext()
            .ledger(data.ledger())
            .journal(data.journal())
            .clockMode(ClockMode.SYSTEM)
            .clock(() -> 0)
            .maxInFlight(MAX_IN_FLIGHT)
            .failureListener(cause -> {});
    options.accept(engine);
    return new ServerUnderTest(
        data,
        LedgerServer.launch(
            new LedgerServer.Context().engine(engine).host(HOST).port(0).helloTimeout(PATIENCE)));
  }

  int port() {
    return server.address().getPort();
  }

  /** The engine behind the server. */
  Engine engine() {
    return server.engine();
  }

  /** Commands journaled and applied so far. */
  long commands() {
    return server.engine().counters().commands();
  }

  /** A client that notices any disturbance: it neither comes back nor sends again. */
  ClientConfig attentiveClient() {
    return new ClientConfig()
        .endpoint(HOST, port())
        .requestTimeout(PATIENCE)
        .drainTimeout(PATIENCE)
        .backPressure(BackPressure.WAIT)
        .reconnectPolicy(ReconnectPolicy.never())
        .resendOnReconnect(false);
  }

  @Override
  public void close() throws IOException {
    Throwable failure = server.engine().failure();
    server.close();
    data.close();
    assertThat(failure).as("what made the engine fail").isNull();
  }
}
