package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.PingResult;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.codec.DigestQueryDecoder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SilentServerTest extends ClientTestBase {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SilenceWatch watch = new SilenceWatch(LIMIT);

  @Test
  void shouldTryTheNextEndpointWhenAServerOwesAnswersAndIsSilent() throws Exception {
    try (ScriptedServer silent = ScriptedServer.greeting(8, (peer, templateId, bytes) -> {});
        ScriptedServer healthy = ScriptedServer.greeting(8, ScriptedServer::pong);
        VerdantClient client =
            VerdantClient.connect(
                config(silent)
                    .endpoint("127.0.0.1", healthy.port())
                    .silenceTimeout(Duration.ofMillis(200)))) {
      PingResult result = await(client.ping());

      assertThat(result.accepted()).isTrue();
      assertThat(result.resent()).isTrue();
      assertThat(healthy.connections()).isPositive();
    }
  }

  /** The one attempt that it has must be enough. */
  @Test
  void shouldForgetTheSilenceOfTheConnectionBefore() throws Exception {
    try (ScriptedServer silent = ScriptedServer.greeting(8, (peer, templateId, bytes) -> {});
        ScriptedServer healthy = ScriptedServer.greeting(8, ScriptedServer::pong);
        VerdantClient client =
            VerdantClient.connect(
                config(silent)
                    .endpoint("127.0.0.1", healthy.port())
                    .reconnectPolicy(new ReconnectPolicy(LONG, LONG, 1))
                    .silenceTimeout(LONG_ENOUGH_TO_SEND))) {
      assertThat(await(client.ping()).resent()).isTrue();
    }
  }

  @Test
  void shouldTellTheCallerOfTheSilenceWhenItMayNotSendAgain() throws Exception {
    AtomicInteger received = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, message) -> {
                  if (received.getAndIncrement() == 0) {
                    awaitQuietly(release);
                  }
                  ScriptedServer.pong(peer, templateId, message);
                });
        VerdantClient client =
            VerdantClient.connect(
                config(server).silenceTimeout(Duration.ofMillis(20)).resendOnReconnect(false))) {
      CompletableFuture<PingResult> unanswered = client.ping();

      assertThat(failureOf(unanswered))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("silent for PT0.02S");
      release.countDown();
    }
  }

  @Test
  void shouldGiveABulkQueryTheTimeOfItsDeadline() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger digests = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, message) -> {
                  if (templateId == DigestQueryDecoder.TEMPLATE_ID) {
                    digests.incrementAndGet();
                    awaitQuietly(release);
                  }
                });
        VerdantClient client =
            VerdantClient.connect(
                config(server).silenceTimeout(Duration.ofNanos(1)).resendOnReconnect(false))) {
      assertThat(failureOnceSent(timeout -> client.call(new Query.Digest(View.now()), timeout)))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("without an answer");
      // It may still be on its way.
      Awaitility.await("the query").atMost(LONG).until(() -> digests.get() == 1);
      release.countDown();
    }
  }

  @Test
  void shouldTakeSilenceForALossOnlyWhileAnswersAreOwed() {
    watch.check(0, false, 10);
    watch.check(LIMIT.toNanos(), false, 10);
    watch.check(2 * LIMIT.toNanos(), true, 10);
    watch.check(3 * LIMIT.toNanos() - 1, true, 10);
    assertThat(watch.nanosUntilDue(3 * LIMIT.toNanos() - 1, 7)).isEqualTo(1);

    assertThatThrownBy(() -> watch.check(3 * LIMIT.toNanos(), true, 10))
        .isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void shouldTakeAnyByteForASignOfLife() {
    watch.check(0, true, 10);
    watch.check(LIMIT.toNanos() - 1, true, 11);
    watch.check(2 * LIMIT.toNanos() - 2, true, 11);
    watch.check(2 * LIMIT.toNanos(), true, 12);

    watch.restart();
    watch.check(4 * LIMIT.toNanos(), true, 12);
    assertThat(watch.nanosUntilDue(4 * LIMIT.toNanos(), Long.MAX_VALUE)).isEqualTo(LIMIT.toNanos());
  }

  @Test
  void shouldNotWakeForSilenceWhileNothingIsOwed() {
    watch.check(0, false, 0);

    assertThat(watch.nanosUntilDue(9, 7)).isEqualTo(7);
  }
}
