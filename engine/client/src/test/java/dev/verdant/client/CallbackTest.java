package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.ConnectionLostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What callers hang on their futures, and the client's thread that runs it. */
class CallbackTest extends ClientTestBase {
  /**
   * Else a lock of the caller's that he holds as he calls, and for which his callback waits, would
   * hold up both for good.
   */
  @Test
  void shouldRejectACallWhileACallbackIsToldOfTheEnd() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch rejected = new CountDownLatch(1);
    CompletableFuture<Boolean> inTime;
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, message) -> {
                  awaitQuietly(hung);
                  peer.hangUp();
                });
        VerdantClient client =
            VerdantClient.connect(config(server).reconnectPolicy(ReconnectPolicy.never()))) {
      inTime =
          client
              .ping()
              .handle(
                  (pong, failure) -> {
                    told.countDown();
                    return isReleased(rejected);
                  });
      hung.countDown();
      assertThat(told.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

      CompletableFuture<?> late = client.ping();
      rejected.countDown();

      assertThat(failureOf(late)).isInstanceOf(ConnectionLostException.class);
    }
    assertThat(await(inTime)).isTrue();
  }

  /** A selector does not wait on an interrupted thread: the loop would never sleep again. */
  @Test
  void shouldForgetThatACallbackHasInterruptedTheClientsThread() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.greeting(8, pongAfter(hung, new AtomicInteger()));
        VerdantClient client = VerdantClient.connect(config(server))) {
      CompletableFuture<Thread> interrupted =
          client
              .ping()
              .thenApply(
                  pong -> {
                    Thread.currentThread().interrupt();
                    return Thread.currentThread();
                  });
      hung.countDown();
      Thread thread = await(interrupted);

      assertThat(thread.getName()).isEqualTo(THREAD_NAME);
      Awaitility.await("it can sleep")
          .atMost(LONG.dividedBy(2))
          .until(() -> !thread.isInterrupted());
    }
  }

  private static boolean isReleased(CountDownLatch latch) {
    try {
      return latch.await(LONG.toSeconds() / 2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
