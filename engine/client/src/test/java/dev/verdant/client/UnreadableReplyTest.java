package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.result.PingResult;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Frame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableReplyTest extends ClientTestBase {
  private final AtomicInteger received = new AtomicInteger();

  /** Beyond the message, no length at all, or so long that no JVM has an array for it. */
  @ParameterizedTest
  @ValueSource(ints = {64, -1, Integer.MAX_VALUE})
  void shouldFailTheCallAndComeBackWhenItsReplyIsUnreadable(int claimedLength) throws Exception {
    try (ScriptedServer server = lyingAtFirst(claimedLength);
        VerdantClient client = VerdantClient.connect(config(server))) {
      CompletableFuture<PingResult> unreadable = client.ping();
      CompletableFuture<PingResult> next = client.ping();

      assertThat(failureOf(unreadable))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("unreadable");
      assertThat(await(next).accepted()).isTrue();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void shouldComeBackWhenAReplyIsOfAnotherSchema() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(
                8,
                (peer, templateId, message) -> {
                  if (received.getAndIncrement() == 0) {
                    peer.pongOfAnotherSchema(Frame.correlationId(message, 0));
                  } else {
                    ScriptedServer.pong(peer, templateId, message);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(await(client.ping()).resent()).isTrue();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private ScriptedServer lyingAtFirst(int claimedLength) {
    return ScriptedServer.greeting(
        8,
        (peer, templateId, message) -> {
          if (received.getAndIncrement() == 0) {
            peer.errorOfLyingDetail(Frame.correlationId(message, 0), claimedLength);
          } else {
            ScriptedServer.pong(peer, templateId, message);
          }
        });
  }
}
