package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.PingResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CancellingTest extends ClientTestBase {
  private static final int WINDOW = 4;

  /** How a caller ends the wait for an answer, but for cancelling. */
  private enum Ending {
    TIMEOUT,
    TIMEOUT_WITH_A_VALUE,
    FAILURE,
    VALUE;

    void end(CompletableFuture<PingResult> call) {
      PingResult instead = new Query.Ping().decode(Reply.local(Status.BUSY, "ended by its caller"));
      switch (this) {
        case TIMEOUT -> call.orTimeout(1, TimeUnit.MILLISECONDS);
        case TIMEOUT_WITH_A_VALUE -> call.completeOnTimeout(instead, 1, TimeUnit.MILLISECONDS);
        case FAILURE -> call.completeExceptionally(new IllegalStateException("of a test"));
        case VALUE -> call.complete(instead);
        default -> throw new AssertionError(this);
      }
    }
  }

  @Test
  void shouldMakeRoomWhenCallsAreCancelledWhileThereIsNoConnection() throws Exception {
    ScriptedServer server =
        ScriptedServer.greeting(WINDOW, (peer, templateId, message) -> peer.hangUp());
    try (VerdantClient client =
        VerdantClient.connect(
            config(server)
                .maxInFlight(WINDOW)
                .backPressure(BackPressure.FAIL_FAST)
                .drainTimeout(Duration.ZERO)
                .reconnectPolicy(new ReconnectPolicy(LONG, LONG, Integer.MAX_VALUE)))) {
      server.close();
      Awaitility.await("the client knows")
          .atMost(LONG)
          .until(() -> failureOf(pingBriefly(client)).getMessage().contains("never sent"));
      List<CompletableFuture<PingResult>> unsent = fill(client);
      assertThat(await(client.ping()).status()).isEqualTo(Status.BUSY);

      unsent.forEach(call -> call.cancel(false));

      assertThat(awaitRoom(client)).isNotDone();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldMakeRoomWhenTheCallersEndCallsBehindOneThatWaitsForTheServer(Ending ending)
      throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.greeting(1, pongAfter(release, new AtomicInteger()));
        VerdantClient client =
            VerdantClient.connect(
                config(server).maxInFlight(WINDOW).backPressure(BackPressure.FAIL_FAST))) {
      List<CompletableFuture<PingResult>> calls = fill(client);

      calls.subList(2, WINDOW).forEach(ending::end);

      CompletableFuture<PingResult> fifth = awaitRoom(client);
      release.countDown();
      assertThat(await(fifth).accepted()).isTrue();
    }
  }

  @Test
  void shouldMakeRoomWhenCallsAreCancelledBehindOneThatWaitsForTheServer() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.greeting(1, pongAfter(release, received));
        VerdantClient client =
            VerdantClient.connect(
                config(server).maxInFlight(WINDOW).backPressure(BackPressure.FAIL_FAST))) {
      List<CompletableFuture<PingResult>> calls = fill(client);

      calls.subList(2, WINDOW).forEach(call -> call.cancel(false));

      CompletableFuture<PingResult> fifth = awaitRoom(client);
      CompletableFuture<PingResult> last = awaitRoom(client);
      boolean isFullAgain = client.ping().isDone();
      release.countDown();
      assertThat(isFullAgain).isTrue();
      assertThat(await(calls.get(0)).accepted()).isTrue();
      assertThat(await(calls.get(1)).accepted()).isTrue();
      assertThat(await(fifth).accepted()).isTrue();
      assertThat(await(last).accepted()).isTrue();
      assertThat(received).hasValue(4);
    }
  }

  @Test
  void shouldCancelTheCallOfABlockedThreadThatIsInterrupted() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    try (ScriptedServer server = ScriptedServer.greeting(1, pongAfter(release, received));
        VerdantClient client =
            VerdantClient.connect(
                config(server).maxInFlight(2).backPressure(BackPressure.FAIL_FAST))) {
      CompletableFuture<PingResult> first = client.ping();
      Thread.currentThread().interrupt();
      Throwable failure = catchThrowable(() -> client.blocking().ping());
      boolean stillInterrupted = Thread.interrupted();
      CompletableFuture<PingResult> third = awaitRoom(client);
      release.countDown();

      assertThat(failure).isInstanceOf(CancellationException.class);
      assertThat(stillInterrupted).isTrue();
      assertThat(await(first).accepted()).isTrue();
      assertThat(await(third).accepted()).isTrue();
      assertThat(received).hasValue(2);
    }
  }

  private static CompletableFuture<PingResult> pingBriefly(VerdantClient client) {
    return client.call(new Query.Ping(), Duration.ofMillis(20));
  }

  private static List<CompletableFuture<PingResult>> fill(VerdantClient client) {
    List<CompletableFuture<PingResult>> calls = new ArrayList<>();
    for (int i = 0; i < WINDOW; i++) {
      calls.add(client.ping());
    }
    return calls;
  }

  /** A call that was not answered {@code BUSY} at once. */
  private static CompletableFuture<PingResult> awaitRoom(VerdantClient client) {
    return Awaitility.await("room in the window")
        .atMost(LONG.dividedBy(2))
        .until(client::ping, call -> !call.isDone());
  }
}
