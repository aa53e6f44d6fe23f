package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.Query;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Frame;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are at home to every hello, and break with whoever asks for more. */
class ReconnectPaceTest extends ClientTestBase {
  private enum Break {
    HANG_UP,
    LIE,
    CONFUSE;

    void with(ServerPeer peer, long correlationId) throws IOException {
      switch (this) {
        case HANG_UP -> peer.hangUp();
        case LIE -> peer.lyingFrame(-1);
        case CONFUSE -> peer.pong(correlationId + 1, 0);
        default -> throw new AssertionError(this);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldPauseWhenConnectionsBreakBeforeTheyAnswerAndTellWhy(Break way) throws Exception {
    try (ScriptedServer server = breaking(way);
        VerdantClient client =
            VerdantClient.connect(
                config(server)
                    .reconnectPolicy(new ReconnectPolicy(LONG, LONG, Integer.MAX_VALUE)))) {
      Throwable failure =
          failureInTime(
              timeout -> client.call(new Query.Ping(), timeout), late -> late.getCause() != null);

      assertThat(failure)
          .isInstanceOf(DeadlineExceededException.class)
          .hasCauseInstanceOf(ConnectionLostException.class)
          .hasMessageContaining(failure.getCause().getMessage());
      // The first, and the one that comes at once after it.
      assertThat(server.connections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void shouldNotBlameALossThatIsMadeUpFor() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, message) -> {
                  switch (received.incrementAndGet()) {
                    case 1 -> peer.hangUp();
                    case 2 -> ScriptedServer.pong(peer, templateId, message);
                    default -> {
                      // No answer, and the connection stands.
                    }
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server).drainTimeout(Duration.ZERO))) {
      assertThat(await(client.ping()).resent()).isTrue();

      assertThat(failureOf(client.call(new Query.Ping(), Duration.ofMillis(20))))
          .isInstanceOf(DeadlineExceededException.class)
          .hasNoCause();
    }
  }

  @Test
  void shouldGiveUpWhenEveryConnectionBreaksBeforeItAnswers() throws Exception {
    try (ScriptedServer server = breaking(Break.HANG_UP);
        VerdantClient client = VerdantClient.connect(config(server).reconnectPolicy(attempts(3)))) {
      assertThat(failureOf(client.ping()))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("gave up after 3 attempts");
      assertThat(server.connections()).isEqualTo(4);
    }
  }

  @Test
  void shouldCountFromTheStartAgainWhenAConnectionHasAnswered() throws Exception {
    AtomicInteger received = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, message) -> {
                  if (received.incrementAndGet() % 3 == 0) {
                    ScriptedServer.pong(peer, templateId, message);
                  } else {
                    peer.hangUp();
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server).reconnectPolicy(attempts(3)))) {
      for (int i = 0; i < 5; i++) {
        assertThat(await(client.ping()).accepted()).isTrue();
      }
    }
  }

  @Test
  void shouldUseUpNoAttemptsWhenConnectionsAreClosedThatNobodyUses() throws Exception {
    AtomicInteger hellos = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.bare(
                (peer, templateId, message) -> {
                  if (hellos.get() == 6) {
                    ScriptedServer.pong(peer, templateId, message);
                  } else {
                    peer.helloReply(8);
                    if (hellos.incrementAndGet() < 6) {
                      peer.hangUp();
                    }
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server).reconnectPolicy(attempts(1)))) {
      Awaitility.await("the client is back").atMost(LONG).until(() -> hellos.get() == 6);

      assertThat(await(client.ping()).accepted()).isTrue();
    }
  }

  @Test
  void shouldTakeNoMoreMemoryForManyAttemptsThanForOne() throws Exception {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    AtomicInteger hellos = new AtomicInteger();
    long before = direct.getMemoryUsed();
    try (ScriptedServer server =
            ScriptedServer.bare(
                (peer, templateId, message) -> {
                  if (hellos.incrementAndGet() == 1) {
                    peer.helloReply(8);
                  }
                  peer.hangUp();
                });
        VerdantClient client =
            VerdantClient.connect(config(server).reconnectPolicy(attempts(Integer.MAX_VALUE)))) {
      Awaitility.await("many attempts").atMost(LONG).until(() -> hellos.get() > 60);

      // Each pair of buffers is of three times the longest frame.
      assertThat(direct.getMemoryUsed() - before).isLessThan(10L * 3 * Frame.MAX_LENGTH);
      assertThat(client.server().maxInFlight()).isEqualTo(8);
    }
  }

  private static ScriptedServer breaking(Break way) {
    return ScriptedServer.greeting(
        8, (peer, templateId, message) -> way.with(peer, Frame.correlationId(message, 0)));
  }

  private static ReconnectPolicy attempts(int maxAttempts) {
    return new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(2), maxAttempts);
  }
}
