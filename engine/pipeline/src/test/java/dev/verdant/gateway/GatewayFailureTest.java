package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.IdleMode;
import dev.verdant.pipeline.Journal;
import dev.verdant.pipeline.JournalException;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.pipeline.Patience;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What connections see of an engine that fails, of silence, of a full disk; in each idle mode. */
class GatewayFailureTest {
  private static final int ATTEMPTS = 20;

  private final Ledger ledger = new Ledger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private LedgerServer server;

  @AfterEach
  void closeAll() {
    server.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private EngineContext engine(Journal journal) {
    return new EngineContext().ledger(ledger).journal(journal).failureListener(failure::set);
  }

  private static LedgerServer.Context server(EngineContext engine) {
    return new LedgerServer.Context().engine(engine).port(0);
  }

  private RawClient greeted() throws IOException {
    return RawClient.greeted(server.address());
  }

  @Test
  void shouldAnswerEngineFailedOnEveryConnectionAndCloseAfterwards() throws IOException {
    server = LedgerServer.launch(server(engine(new MemoryJournal(2, true))));
    try (RawClient first = greeted();
        RawClient second = greeted()) {
      first.send(first.messages.openBuyer(1));
      assertThat(first.receive()).isEqualTo(1);
      assertThat(first.status()).isEqualTo(Status.OK);
      for (int i = 2; i < 1_000; i++) {
        first.send(first.messages.openMerchant(i));
      }
      for (int i = 2; i < 1_000; i++) {
        assertThat(first.receive()).isEqualTo(i);
        assertThat(first.errorStatus()).isEqualTo(Status.ENGINE_FAILED);
      }
      second.send(second.messages.sequence(7));
      assertThat(second.receive()).isEqualTo(7);
      assertThat(second.errorStatus()).isEqualTo(Status.ENGINE_FAILED);
      try (RawClient late = greeted()) {
        assertThat(late.errorStatus()).as("a hello too").isEqualTo(Status.ENGINE_FAILED);
      }
      Patience.await("the listener is told").until(() -> failure.get() != null);
      assertThat(failure.get()).isInstanceOf(JournalException.class);
      server.close();
      assertThat(first.isClosedByServer()).isTrue();
      assertThat(second.isClosedByServer()).isTrue();
    }
    assertThat(ledger.sequence()).isEqualTo(1);
  }

  @Test
  void shouldSayGoodbyeWhenTheFailureListenerClosesTheServer() throws IOException {
    final AtomicReference<LedgerServer> failing = new AtomicReference<>();
    server =
        LedgerServer.launch(
            server(
                engine(new MemoryJournal(1, true))
                    .failureListener(cause -> failing.get().close())));
    failing.set(server);
    try (RawClient client = greeted()) {
      client.send(client.messages.openBuyer(1));
      assertThat(client.receive()).isEqualTo(1);
      assertThat(client.errorStatus()).isEqualTo(Status.ENGINE_FAILED);
      assertThat(client.isClosedByServer()).isTrue();
    }
    Patience.await("all connections are gone").until(() -> server.connectionCount() == 0);
  }

  @Test
  void shouldTellAConnectionThatThereIsNoSpaceAndServeItAgainWhenThereIs() throws IOException {
    final MemoryJournal journal = new MemoryJournal();
    server = LedgerServer.launch(server(engine(journal)));
    try (RawClient client = greeted()) {
      journal.setFull(true);
      client.send(client.messages.openBuyer(1));
      assertThat(client.receive()).isEqualTo(1);
      assertThat(client.errorStatus()).isEqualTo(Status.OUT_OF_SPACE);
      journal.setFull(false);
      client.send(client.messages.openBuyer(2));
      assertThat(client.receive()).isEqualTo(2);
      assertThat(client.status()).isEqualTo(Status.OK);
    }
    assertThat(journal.lastSequence()).isEqualTo(1);
  }

  @Test
  void shouldCloseConnectionsThatNeverSayHelloAndKeepTheOthers() throws IOException {
    server =
        LedgerServer.launch(
            server(engine(new MemoryJournal()))
                .maxConnections(5)
                .helloTimeout(Duration.ofSeconds(2)));
    try (RawClient polite = greetedInTime()) {
      Patience.await("those that were too late are gone")
          .until(() -> server.connectionCount() == 1);
      final List<RawClient> silent = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        silent.add(new RawClient(server.address()));
      }
      silent.get(3).sendBytes(new byte[] {20, 0, 0});
      for (final RawClient client : silent) {
        assertThat(client.isClosedByServer()).isTrue();
        client.close();
      }
      Patience.await("the silent are gone").until(() -> server.connectionCount() == 1);
      polite.send(polite.messages.ping(9));
      assertThat(polite.receive()).isEqualTo(9);
      try (RawClient next = greetedInTime()) {
        next.send(next.messages.ping(10));
        assertThat(next.receive()).isEqualTo(10);
      }
    }
  }

  @Test
  void shouldTakeTheLongestTimeForAHello() throws IOException {
    server =
        LedgerServer.launch(
            server(engine(new MemoryJournal()))
                .helloTimeout(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)));
    try (RawClient client = greeted()) {
      client.send(client.messages.ping(1));
      assertThat(client.receive()).isEqualTo(1);
    }
  }

  /** A client that has said hello within the time for it, however slow the machine is. */
  private RawClient greetedInTime() throws IOException {
    IOException late = new IOException("never in time");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      final RawClient client = new RawClient(server.address());
      try {
        client.send(client.messages.hello(0, 1, 1));
        client.receive();
        return client;
      } catch (IOException e) {
        client.close();
        late = e;
      }
    }
    throw late;
  }

  @ParameterizedTest
  @EnumSource(IdleMode.class)
  void shouldServeOrdersInEveryIdleMode(IdleMode idleMode) throws IOException {
    server = LedgerServer.launch(server(engine(new MemoryJournal()).idleMode(idleMode)));
    try (RawClient client = greeted()) {
      client.send(client.messages.openBuyer(0));
      client.send(client.messages.openMerchant(0));
      client.receive();
      client.receive();
      for (int i = 1; i <= 100; i++) {
        client.send(client.messages.order(i, i));
        assertThat(client.receive()).isEqualTo(i);
        assertThat(client.status()).isEqualTo(Status.OK);
      }
    }
    assertThat(ledger.sequence()).isEqualTo(102);
  }
}
