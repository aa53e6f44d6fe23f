package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.EngineContext;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.pipeline.Patience;
import dev.verdant.protocol.codec.Status;
import dev.verdant.thread.EngineThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server that closes still does for who has sent it something. */
class GatewayCloseTest {
  /** As many as a socket takes though nobody reads it: some 60 KB. */
  private static final int PINGS = 3_000;

  private final Ledger ledger = new Ledger();
  private final MemoryJournal journal = new MemoryJournal();
  private final Semaphore disk = new Semaphore(0);
  private LedgerServer server;

  @AfterEach
  void closeAll() {
    disk.release();
    server.close();
    assertThat(server.engine().failure()).isNull();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private void launch(int ringSize, int maxInFlight) throws IOException {
    final EngineContext engine =
        new EngineContext()
            .ledger(ledger)
            .journal(journal)
            .ringSize(ringSize)
            .maxBatch(Math.min(1024, ringSize))
            .maxInFlight(maxInFlight)
            .failureListener(Throwable::printStackTrace);
    server = LedgerServer.launch(new LedgerServer.Context().engine(engine).port(0));
  }

  /** Returns when the gateway's thread has been told to end, which it has not yet done. */
  private Thread startClosing() {
    final Thread closer = new Thread(server::close);
    closer.start();
    Patience.await("the closer waits for the gateway's thread")
        .until(() -> closer.getState() == Thread.State.WAITING);
    return closer;
  }

  /** First more than two claims can hold, then than the ring can, then than may be in flight. */
  @ParameterizedTest(name = "{0} slots, {1} in flight")
  @CsvSource({"4096, 4096", "64, 1000", "4096, 16"})
  void shouldAnswerAllThatItHadReceivedWhenItClosed(int ringSize, int maxInFlight)
      throws Exception {
    launch(ringSize, maxInFlight);
    final CountDownLatch appending = new CountDownLatch(1);
    final Thread closer;
    try (RawClient client = RawClient.greeted(server.address())) {
      journal.beforeAppend(
          sequence -> {
            appending.countDown();
            disk.acquireUninterruptibly();
          });
      client.send(client.messages.openBuyer(PINGS));
      client.flush();
      appending.await();
      for (int i = 0; i < PINGS; i++) {
        client.send(client.messages.ping(i));
      }
      client.flush();
      closer = startClosing();
      disk.release();

      assertThat(client.read()).isEqualTo(PINGS);
      assertThat(client.status()).isEqualTo(Status.OK);
      for (int i = 0; i < PINGS; i++) {
        assertThat(client.read()).isEqualTo(i);
      }
      assertThat(client.isClosedByServer()).isTrue();
    }
    closer.join();
    assertThat(journal.lastSequence()).isEqualTo(1);
  }

  @Test
  void shouldRefuseCommandsThatComeWhenItClosesAndAnswerThoseBefore() throws Exception {
    launch(4096, 4096);
    final BlockingQueue<Boolean> heldUp = new LinkedBlockingQueue<>();
    final Thread closer;
    int sent = 1;

    try (RawClient client = RawClient.greeted(server.address())) {
      journal.beforeAppend(
          sequence -> {
            final boolean isGateway =
                Thread.currentThread().getName().equals(EngineThreads.GATEWAY);
            heldUp.add(isGateway);
            if (isGateway) {
              disk.acquireUninterruptibly();
            }
          });
      sendCommand(client, sent);
      // Where the journal's own thread is awake, that may be quicker.
      while (!heldUp.take()) {
        assertThat(client.read()).isEqualTo(sent);
        sent++;
        sendCommand(client, sent);
      }
      closer = startClosing();
      sendCommand(client, sent + 1);
      disk.release();

      assertThat(client.read()).isEqualTo(sent);
      assertThat(client.status()).isEqualTo(Status.OK);
      assertThat(client.read()).isEqualTo(sent + 1);
      assertThat(client.errorStatus()).isEqualTo(Status.SHUTTING_DOWN);
      assertThat(client.isClosedByServer()).isTrue();
    }
    closer.join();
    assertThat(journal.lastSequence()).isEqualTo(sent);
  }

  /** One that is accepted again and again. */
  private static void sendCommand(RawClient client, long correlationId) throws IOException {
    client.send(client.messages.businessOffset(correlationId, 480));
    client.flush();
  }

  @Test
  void shouldNotWaitForeverForWhoReadsNothing() throws Exception {
    launch(4096, 2048);
    final ExecutorService sender = Executors.newSingleThreadExecutor();
    try (RawClient client = RawClient.greeted(server.address())) {
      final Future<?> sent =
          sender.submit(
              () -> {
                while (true) {
                  client.send(client.messages.ping(1));
                }
              });
      final long[] replies = {-1};
      Patience.await("the server reads no more of it")
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                final long before = replies[0];
                replies[0] = server.engine().counters().replies();
                return before > 1 && before == replies[0];
              });
      final Thread closer = new Thread(server::close);
      closer.start();
      Patience.await("the end of the closing").until(() -> !closer.isAlive());
      assertThat(server.connectionCount()).isZero();
      Patience.await("the sender is cut").until(sent::isDone);
    }
    sender.shutdown();
  }
}
