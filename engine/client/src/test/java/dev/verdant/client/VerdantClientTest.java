package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.Query;
import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.PingResult;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class VerdantClientTest extends ClientTestBase {
  private final OrderBook book = new OrderBook();

  @Test
  void shouldAnswerInOrderWhenCallsArePipelined() throws Exception {
    int count = 50_000;
    try (ScriptedServer server = orderServer();
        VerdantClient client = VerdantClient.connect(config(server))) {
      List<Long> payables = new ArrayList<>(count);
      CompletableFuture<?> last = null;
      for (long number = 1; number <= count; number++) {
        last = client.order(order(number)).thenAccept(result -> payables.add(payable(result)));
      }
      await(last);

      assertThat(payables)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, count).boxed().toList());
      assertThat(book.size()).isEqualTo(count);
      assertThat(book.received()).isEqualTo(count);
      assertThat(book.sum()).isEqualTo(count * (count + 1L) / 2);
    }
  }

  @Test
  void shouldKeepTheOrderOfEachThreadWhenManyShareOneClient() throws Exception {
    int threads = 8;
    int each = 5_000;
    List<List<Long>> sequences = new ArrayList<>();
    try (ScriptedServer server = orderServer();
        VerdantClient client = VerdantClient.connect(config(server).maxInFlight(500))) {
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < threads; caller++) {
        long first = 1 + (long) caller * each;
        List<Long> own = new ArrayList<>();
        sequences.add(own);
        callers.add(
            new Thread(
                () -> {
                  List<CompletableFuture<OrderResult>> futures = new ArrayList<>();
                  for (long number = first; number < first + each; number++) {
                    futures.add(client.order(order(number)));
                  }
                  futures.forEach(future -> own.add(await(future).sequence()));
                }));
      }
      callers.forEach(Thread::start);
      for (Thread caller : callers) {
        caller.join();
      }
    }

    long count = (long) threads * each;
    assertThat(book.size()).isEqualTo((int) count);
    assertThat(book.received()).isEqualTo((int) count);
    assertThat(book.sum()).isEqualTo(count * (count + 1) / 2);
    assertThat(sequences).allSatisfy(own -> assertThat(own).hasSize(each).isSorted());
    assertThat(sequences.stream().flatMap(List::stream).distinct()).hasSize((int) count);
  }

  @Test
  void shouldFailTheCallAndIgnoreTheLateReplyWhenTheDeadlinePasses() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.greeting(
                100,
                (peer, templateId, message) -> {
                  awaitQuietly(release);
                  peer.pong(Frame.correlationId(message, 0), Frame.correlationId(message, 0));
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      Throwable late = failureOnceSent(timeout -> client.call(new Query.Ping(), timeout));
      CompletableFuture<PingResult> patient = client.call(new Query.Ping(), LONG);

      assertThat(late)
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.wasSent()).isTrue())
          .hasMessageContaining("without an answer");
      assertThat(patient).isNotDone();
      release.countDown();

      assertThat(await(patient).sequence()).isEqualTo(2);
      assertThat(await(client.ping()).sequence()).isEqualTo(3);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void shouldSayThatACallWasNeverSentWhenItsDeadlinePassesBeforeTheWindowOpens() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.greeting(1, pongAfter(release, received));
        VerdantClient client =
            VerdantClient.connect(
                config(server).maxInFlight(2).backPressure(BackPressure.FAIL_FAST))) {
      CompletableFuture<PingResult> first = client.ping();
      CompletableFuture<PingResult> second = client.call(new Query.Ping(), Duration.ofMillis(20));

      assertThat(failureOf(second))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.wasSent()).isFalse())
          .hasMessageContaining("never sent");
      CompletableFuture<PingResult> third =
          Awaitility.await("the room that it gave back")
              .atMost(LONG.dividedBy(2))
              .until(client::ping, call -> !call.isDone());
      release.countDown();
      await(first);
      await(third);

      assertThat(received).hasValue(2);
    }
  }

  @Test
  void shouldNeverHaveMoreUnansweredThanTheServerAllows() throws Exception {
    int window = 4;
    AtomicInteger unanswered = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Long> waiting = new ArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.greeting(
                window,
                (peer, templateId, message) -> {
                  waiting.add(Frame.correlationId(message, 0));
                  most.accumulateAndGet(unanswered.incrementAndGet(), Math::max);
                  if (waiting.size() == window) {
                    unanswered.set(0);
                    for (long correlationId : waiting) {
                      peer.pong(correlationId, correlationId);
                    }
                    waiting.clear();
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      List<CompletableFuture<PingResult>> futures = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        futures.add(client.ping());
      }
      futures.forEach(ClientTestBase::await);

      assertThat(most).hasValue(window);
    }
  }

  @Test
  void shouldAnswerBusyAtOnceWhenTheWindowIsFullAndTheClientMayNotWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server = heldOrderServer(release);
        VerdantClient client =
            VerdantClient.connect(
                config(server).maxInFlight(2).backPressure(BackPressure.FAIL_FAST))) {
      CompletableFuture<OrderResult> first = client.order(order(1));
      CompletableFuture<OrderResult> second = client.order(order(2));
      CompletableFuture<OrderResult> third = client.order(order(3));

      assertThat(third).isCompleted();
      assertThat(third.join().status()).isEqualTo(Status.BUSY);
      assertThat(third.join().accepted()).isFalse();
      assertThat(third.join().balances()).isEmpty();
      release.countDown();

      assertThat(await(first).accepted()).isTrue();
      assertThat(await(second).accepted()).isTrue();
      Awaitility.await("the window opens")
          .atMost(LONG)
          .until(() -> await(client.order(order(3))).accepted());
      assertThat(book.size()).isEqualTo(3);
      assertThat(book.received()).isEqualTo(3);
    }
  }

  @Test
  void shouldWaitForRoomUntilTheDeadlineWhenTheWindowIsFull() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server = heldOrderServer(release);
        VerdantClient client = VerdantClient.connect(config(server).maxInFlight(1))) {
      CompletableFuture<OrderResult> first = client.order(order(1));

      assertThat(failureOf(client.call(order(2), Duration.ofMillis(20))))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.wasSent()).isFalse())
          .hasMessageContaining("never sent");
      AtomicReference<CompletableFuture<OrderResult>> third = new AtomicReference<>();
      Thread caller = new Thread(() -> third.set(client.order(order(3))));
      caller.start();
      Awaitility.await("the caller waits")
          .atMost(LONG)
          .until(() -> caller.getState() == Thread.State.TIMED_WAITING);
      release.countDown();
      caller.join();

      assertThat(await(first).accepted()).isTrue();
      assertThat(await(third.get()).accepted()).isTrue();
      assertThat(book.received()).isEqualTo(2);
    }
  }

  @Test
  void shouldSendNothingWhenTheCallerIsInterruptedWhileItWaitsForRoom() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server = heldOrderServer(release);
        VerdantClient client = VerdantClient.connect(config(server).maxInFlight(1))) {
      CompletableFuture<OrderResult> first = client.order(order(1));
      Thread.currentThread().interrupt();
      CompletableFuture<OrderResult> second = client.order(order(2));
      boolean stillInterrupted = Thread.interrupted();
      release.countDown();

      assertThat(stillInterrupted).isTrue();
      assertThat(failureOf(second)).isInstanceOf(CancellationException.class);
      assertThat(await(first).accepted()).isTrue();
      assertThat(await(client.order(order(3))).accepted()).isTrue();
      assertThat(book.received()).isEqualTo(2);
    }
  }

  @Test
  void shouldAnswerBusyWhenACallbackCallsWhileTheWindowIsFull() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server = heldOrderServer(release);
        VerdantClient client = VerdantClient.connect(config(server).maxInFlight(2))) {
      AtomicReference<CompletableFuture<OrderResult>> third = new AtomicReference<>();
      CompletableFuture<Status> fourth =
          client
              .order(order(1))
              .thenCompose(
                  result -> {
                    third.set(client.order(order(3)));
                    return client.order(order(4));
                  })
              .thenApply(OrderResult::status);
      CompletableFuture<OrderResult> second = client.order(order(2));
      release.countDown();

      assertThat(await(fourth)).isEqualTo(Status.BUSY);
      assertThat(await(second).accepted()).isTrue();
      assertThat(await(third.get()).accepted()).isTrue();
    }
  }

  @Test
  void shouldReportARefusalAsAValue() throws Exception {
    try (ScriptedServer server = errorServer(Status.MALFORMED, "kind 9");
        VerdantClient client = VerdantClient.connect(config(server))) {
      OrderResult result = await(client.order(order(1)));

      assertThat(result.status()).isEqualTo(Status.MALFORMED);
      assertThat(result.outcome().detail()).isEqualTo("kind 9");
      assertThat(result.sequence()).isZero();
      assertThat(result.accepted()).isFalse();
      assertThat(result.balances()).isEmpty();
    }
  }

  @Test
  void shouldFailTheCallWhenTheEngineHasFailed() throws Exception {
    try (ScriptedServer server = errorServer(Status.ENGINE_FAILED, "no space left");
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(failureOf(client.order(order(1))))
          .isInstanceOf(EngineFailedException.class)
          .hasMessageContaining("no space left");
      assertThatThrownBy(() -> client.blocking().order(order(1)))
          .isInstanceOf(EngineFailedException.class);
    }
  }

  @Test
  void shouldFailOnlyTheCallThatCannotBeEncoded() throws Exception {
    try (ScriptedServer server = orderServer();
        VerdantClient client = VerdantClient.connect(config(server))) {
      CompletableFuture<OrderResult> broken = client.call(new OrderRequest(null, 1, 2, 3, 0, 1, 0));
      CompletableFuture<OrderResult> sound = client.order(order(1));

      assertThat(failureOf(broken)).isInstanceOf(NullPointerException.class);
      assertThat(await(sound).accepted()).isTrue();
      assertThat(book.received()).isEqualTo(1);
    }
  }

  /** As where there is no memory for it. */
  @Test
  void shouldLoseNoPlaceInTheWindowWhenACallCannotBeMade() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong);
        VerdantClient client =
            VerdantClient.connect(
                config(server).maxInFlight(1).backPressure(BackPressure.FAIL_FAST))) {
      assertThatThrownBy(() -> client.call(new Query.Ping(), LONG, true, null))
          .isInstanceOf(NullPointerException.class);

      assertThat(await(client.ping()).accepted()).isTrue();
    }
  }

  @Test
  void shouldAnswerOneAtATimeThroughTheBlockingFacade() throws Exception {
    try (ScriptedServer server = orderServer();
        VerdantClient client = VerdantClient.connect(config(server))) {
      BlockingVerdantClient blocking = client.blocking();
      for (long number = 1; number <= 100; number++) {
        OrderResult result = blocking.order(order(number));

        assertThat(result.accepted()).isTrue();
        assertThat(result.sequence()).isEqualTo(number);
        assertThat(payable(result)).isEqualTo(number);
      }
    }
  }

  @Test
  void shouldRefuseToBlockWhenCalledOnTheThreadThatReadsTheAnswers() throws Exception {
    CountDownLatch chained = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, bytes) -> {
                  awaitQuietly(chained);
                  ScriptedServer.pong(peer, templateId, bytes);
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      BlockingVerdantClient blocking = client.blocking();
      CompletableFuture<PingResult> nested = client.ping().thenApply(pong -> blocking.ping());
      chained.countDown();

      assertThat(failureOf(nested)).hasRootCauseInstanceOf(IllegalStateException.class);
    }
  }

  private ScriptedServer orderServer() {
    return ScriptedServer.greeting(
        1_000,
        (peer, templateId, message) -> {
          if (templateId == OrderDecoder.TEMPLATE_ID) {
            book.bookAndAnswer(peer, message);
          } else {
            ScriptedServer.pong(peer, templateId, message);
          }
        });
  }

  private ScriptedServer heldOrderServer(CountDownLatch release) {
    return ScriptedServer.greeting(
        1_000,
        (peer, templateId, message) -> {
          awaitQuietly(release);
          book.bookAndAnswer(peer, message);
        });
  }

  private static ScriptedServer errorServer(Status status, String detail) {
    return ScriptedServer.greeting(
        1_000,
        (peer, templateId, message) -> peer.error(Frame.correlationId(message, 0), status, detail));
  }

  private static long payable(OrderResult result) {
    return result.balances().orElseThrow().merchantPayableFen();
  }
}
