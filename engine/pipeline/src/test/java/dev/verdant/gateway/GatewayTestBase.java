package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.pipeline.Patience;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server without a disk, for tests of what its peers see. */
abstract class GatewayTestBase {
  static final int MAX_CONNECTIONS = 12;

  final Ledger ledger = new Ledger();
  final MemoryJournal journal = new MemoryJournal();
  LedgerServer server;

  @BeforeEach
  void launch() throws IOException {
    server =
        LedgerServer.launch(
            new LedgerServer.Context()
                .engine(
                    new EngineContext()
                        .ledger(ledger)
                        .journal(journal)
                        .failureListener(Throwable::printStackTrace))
                .port(0)
                .maxConnections(MAX_CONNECTIONS)
                .helloTimeout(Patience.DEADLINE));
  }

  @AfterEach
  void closeAll() {
    server.close();
    assertThat(server.engine().failure()).isNull();
    assertThat(ledger.sequence()).isEqualTo(journal.lastSequence());
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  RawClient connect() throws IOException {
    return new RawClient(server.address());
  }

  RawClient greeted() throws IOException {
    return RawClient.greeted(server.address());
  }
}
