package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.Query;
import dev.verdant.client.request.View;
import dev.verdant.client.result.PingResult;
import dev.verdant.protocol.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LongDurationsTest extends ClientTestBase {
  private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  @Test
  void shouldTakeTheLongestDurationForEveryTimeout() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    CompletableFuture<PingResult> first;
    CompletableFuture<PingResult> second;
    try (ScriptedServer server =
        ScriptedServer.greeting(
            8,
            (peer, templateId, message) -> {
              if (received.getAndIncrement() == 0) {
                peer.hangUp();
              } else {
                awaitQuietly(release);
                peer.pong(Frame.correlationId(message, 0), 0);
              }
            })) {
      try (VerdantClient client =
          VerdantClient.connect(
              config(server)
                  .connectTimeout(LONGEST)
                  .requestTimeout(LONGEST)
                  .drainTimeout(LONGEST)
                  .reconnectPolicy(
                      new ReconnectPolicy(Duration.ofMillis(1), LONGEST, Integer.MAX_VALUE)))) {
        first = client.ping();
        second = client.call(new Query.Ping(), LONGEST);
        release.countDown();
      }
    }

    assertThat(first.join().accepted()).isTrue();
    assertThat(second.join().accepted()).isTrue();
  }

  @Test
  void shouldTakeANegativeDurationForNoneAtAll() {
    assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(Nanos.of(Duration.ofNanos(-1))).isZero();
    assertThat(Nanos.of(Duration.ofNanos(1))).isEqualTo(1);
  }

  @Test
  void shouldTakeTheLongestDurationForAViewsAge() {
    assertThat(View.notOlderThan(LONGEST).maxAgeMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldConnectWithTheLongestTimeoutWithoutAClient() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong);
        TcpMessageConnection connection =
            TcpMessageConnection.connect("127.0.0.1", server.port(), LONGEST)) {
      assertThat(connection.server().maxInFlight()).isEqualTo(8);
    }
  }

  @Test
  void shouldPauseAsLongAsTheLongestDurationWithoutOverflow() {
    ReconnectPolicy policy = new ReconnectPolicy(LONGEST, LONGEST, 1);

    for (int failures = 1; failures < 100; failures++) {
      assertThat(policy.pauseNanos(failures)).isPositive();
    }
  }
}
