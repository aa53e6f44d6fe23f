package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BadHelloTest extends ClientTestBase {
  private enum Garbage {
    CUT_SHORT,
    ANOTHER_MESSAGE,
    ANOTHER_SCHEMA;

    void answer(ServerPeer peer) throws IOException {
      switch (this) {
        case CUT_SHORT -> peer.helloReplyCutShort();
        case ANOTHER_MESSAGE -> peer.pong(0, 1);
        case ANOTHER_SCHEMA -> peer.pongOfAnotherSchema(0);
        default -> throw new AssertionError(this);
      }
    }
  }

  private final AtomicInteger hellos = new AtomicInteger();

  @ParameterizedTest
  @EnumSource
  void shouldTryAgainWhenAHelloIsAnsweredWithGarbageOnItsWayBack(Garbage garbage) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.bare(
                (peer, templateId, message) -> {
                  if (templateId != HelloDecoder.TEMPLATE_ID) {
                    if (hellos.get() == 1) {
                      peer.hangUp();
                    } else {
                      ScriptedServer.pong(peer, templateId, message);
                    }
                  } else if (hellos.incrementAndGet() == 2) {
                    garbage.answer(peer);
                  } else {
                    peer.helloReply(8);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(await(client.ping()).resent()).isTrue();
      assertThat(hellos).hasValue(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldConnectToTheNextEndpointWhenTheFirstAnswersTheHelloWithGarbage(Garbage garbage)
      throws Exception {
    try (ScriptedServer bad =
            ScriptedServer.bare((peer, templateId, message) -> garbage.answer(peer));
        ScriptedServer healthy = ScriptedServer.greeting(8, ScriptedServer::pong);
        VerdantClient client =
            VerdantClient.connect(config(bad).endpoint("127.0.0.1", healthy.port()))) {
      assertThat(await(client.ping()).accepted()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFailToConnectWhenTheOnlyServerAnswersWithGarbage(Garbage garbage) throws Exception {
    try (ScriptedServer bad =
        ScriptedServer.bare((peer, templateId, message) -> garbage.answer(peer))) {
      assertThatThrownBy(() -> VerdantClient.connect(config(bad)))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void shouldConnectToTheNextEndpointWhenTheFirstRefusesTheVersion() throws Exception {
    try (ScriptedServer old = refusing();
        ScriptedServer healthy = ScriptedServer.greeting(8, ScriptedServer::pong);
        VerdantClient client =
            VerdantClient.connect(config(old).endpoint("127.0.0.1", healthy.port()))) {
      assertThat(await(client.ping()).accepted()).isTrue();
    }
  }

  @Test
  void shouldFailToConnectWhenEveryServerRefusesTheVersion() throws Exception {
    try (ScriptedServer old = refusing();
        ScriptedServer older = refusing()) {
      ClientConfig config = config(old).endpoint("127.0.0.1", older.port());

      assertThatThrownBy(() -> VerdantClient.connect(config))
          .isInstanceOf(HandshakeException.class)
          .hasMessageContaining("UNSUPPORTED_VERSION only 9");
      assertThat(old.connections() + older.connections()).isEqualTo(2);
    }
  }

  @Test
  void shouldFailToConnectWhenTheHelloReplySaysThatNoVersionIsShared() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.bare(
            (peer, templateId, message) -> peer.helloRefused(Status.UNSUPPORTED_VERSION))) {
      assertThatThrownBy(() -> VerdantClient.connect(config(server)))
          .isInstanceOfSatisfying(
              HandshakeException.class,
              e -> assertThat(e.status()).isEqualTo(Status.UNSUPPORTED_VERSION));
    }
  }

  @Test
  void shouldFailCallsWhenEveryServerRefusesToTakeTheClientBack() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.bare(
                (peer, templateId, message) -> {
                  if (templateId != HelloDecoder.TEMPLATE_ID) {
                    peer.hangUp();
                  } else if (hellos.incrementAndGet() == 1) {
                    peer.helloReply(8);
                  } else {
                    peer.helloRefused(Status.UNSUPPORTED_VERSION);
                  }
                });
        VerdantClient client = VerdantClient.connect(config(server))) {
      assertThat(failureOf(client.ping())).isInstanceOf(HandshakeException.class);
    }
  }

  /** One refuses each hello; the other greets, breaks, hangs up at a hello, and greets again. */
  @Test
  void shouldComeBackWhenNotEveryServerRefusesOneAfterTheOther() throws Exception {
    try (ScriptedServer old = refusing();
        ScriptedServer busy =
            ScriptedServer.bare(
                (peer, templateId, message) -> {
                  if (templateId == HelloDecoder.TEMPLATE_ID && hellos.incrementAndGet() != 2) {
                    peer.helloReply(8);
                  } else if (hellos.get() == 3) {
                    ScriptedServer.pong(peer, templateId, message);
                  } else {
                    peer.hangUp();
                  }
                });
        VerdantClient client =
            VerdantClient.connect(config(old).endpoint("127.0.0.1", busy.port()))) {
      assertThat(await(client.ping()).resent()).isTrue();
      assertThat(old.connections()).isEqualTo(3);
    }
  }

  private static ScriptedServer refusing() {
    return ScriptedServer.bare(
        (peer, templateId, message) -> peer.error(0, Status.UNSUPPORTED_VERSION, "only 9"));
  }
}
