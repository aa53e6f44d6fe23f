package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.PingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ClosingTest extends ClientTestBase {
  private final OrderBook book = new OrderBook();
  private final AtomicInteger hellos = new AtomicInteger();

  @Test
  void shouldAnswerEveryCallMadeBeforeItCloses() throws Exception {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.greeting(8, (peer, templateId, bytes) -> book.bookAndAnswer(peer, bytes))) {
      try (VerdantClient client = VerdantClient.connect(config(server))) {
        for (long number = 1; number <= 1_000; number++) {
          futures.add(client.order(order(number)));
        }
      }
    }

    assertThat(futures).allSatisfy(future -> assertThat(future.join().accepted()).isTrue());
    assertThat(book.size()).isEqualTo(1_000);
  }

  @Test
  void shouldHangUpWhenItCloses() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      VerdantClient client = VerdantClient.connect(config(server));
      await(client.ping());
      client.close();

      awaitEndOfConnections(server);
    }
  }

  @Test
  void shouldHangUpWhenItClosesAmidAnAttemptToComeBack() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.bare(
            (peer, templateId, message) -> {
              if (hellos.incrementAndGet() == 1) {
                peer.helloReply(8);
                peer.hangUp();
              }
            })) {
      VerdantClient client = VerdantClient.connect(config(server));
      Awaitility.await("the hello of an attempt").atMost(LONG).until(() -> hellos.get() == 2);
      client.close();

      awaitEndOfConnections(server);
    }
  }

  private static void awaitEndOfConnections(ScriptedServer server) {
    Awaitility.await("no connection is left")
        .atMost(LONG.dividedBy(2))
        .until(() -> server.openConnections() == 0);
  }

  @Test
  void shouldCancelWhatIsInFlightWhenItMayNotDrain() throws Exception {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.greeting(8, (peer, templateId, bytes) -> {})) {
      try (VerdantClient client =
          VerdantClient.connect(config(server).drainTimeout(Duration.ZERO))) {
        for (long number = 1; number <= 100; number++) {
          futures.add(client.order(order(number)));
        }
      }
    }

    assertThat(futures)
        .allSatisfy(
            future -> assertThat(failureOf(future)).isInstanceOf(ClientClosedException.class));
  }

  @Test
  void shouldRefuseCallsOnceClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      VerdantClient client = VerdantClient.connect(config(server));
      client.close();
      client.close();

      assertThat(failureOf(client.ping())).isInstanceOf(ClientClosedException.class);
    }
  }

  @Test
  void shouldCompleteEveryCallWhenThreadsCallWhileItCloses() throws Exception {
    List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.greeting(8, (peer, templateId, bytes) -> book.bookAndAnswer(peer, bytes))) {
      VerdantClient client = VerdantClient.connect(config(server).drainTimeout(Duration.ZERO));
      Thread caller =
          new Thread(
              () -> {
                for (long number = 1; number <= 20_000; number++) {
                  futures.add(client.order(order(number)));
                }
              });
      caller.start();
      await(client.order(order(20_001)));
      client.close();
      caller.join();
    }

    long accepted = futures.stream().filter(future -> failureOf(future) == null).count();
    long closed =
        futures.stream().filter(f -> failureOf(f) instanceof ClientClosedException).count();
    assertThat(accepted + closed).isEqualTo(20_000);
    assertThat(book.size()).isGreaterThanOrEqualTo((int) accepted + 1);
  }

  @Test
  void shouldWaitForTheAnswersWhenWhoClosesIsInterruptedAndTellHimAfterwards() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Thread closer = Thread.currentThread();
    Thread helper =
        new Thread(
            () -> {
              Awaitility.await("the closer waits")
                  .atMost(LONG)
                  .until(() -> closer.getState() == Thread.State.WAITING);
              release.countDown();
            });
    CompletableFuture<PingResult> answered;
    try (ScriptedServer server =
        ScriptedServer.greeting(
            8,
            (peer, templateId, bytes) -> {
              awaitQuietly(release);
              ScriptedServer.pong(peer, templateId, bytes);
            })) {
      VerdantClient client = VerdantClient.connect(config(server));
      answered = client.ping();
      helper.start();
      closer.interrupt();
      client.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(answered).isCompleted();
    }
    helper.join();
  }

  @Test
  void shouldCloseFromItsOwnThreadWithoutWaitingForItself() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      VerdantClient client = VerdantClient.connect(config(server));

      await(client.ping().thenAccept(pong -> client.close()));

      client.close();
      assertThat(failureOf(client.ping())).isInstanceOf(ClientClosedException.class);
    }
  }
}
