package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.codec.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** A name may have several addresses, as {@code localhost} often has, and a headless service. */
class SeveralAddressesTest extends ClientTestBase {
  private static final InetSocketAddress ENDPOINT =
      InetSocketAddress.createUnresolved("ledger.invalid", 7400);

  @Test
  void shouldTryTheNextAddressWhenNobodyListensAtOne() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong);
        TcpMessageConnection connection = connect(LONG, nobody(), at(server))) {
      assertThat(connection.server().maxInFlight()).isEqualTo(8);
    }
  }

  @Test
  void shouldLeaveTimeForTheNextAddressWhenOneIsSilent() throws Exception {
    try (ScriptedServer silent = ScriptedServer.bare((peer, templateId, message) -> {});
        ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong);
        TcpMessageConnection connection =
            connect(LONG_ENOUGH_TO_SEND.multipliedBy(2), at(silent), at(server))) {
      assertThat(connection.server().maxInFlight()).isEqualTo(8);
    }
  }

  @Test
  void shouldFailWithTheLastOfThemAndKeepWhatTheOthersSaid() throws Exception {
    InetSocketAddress first = nobody();
    InetSocketAddress second = nobody();
    InetSocketAddress last = nobody();

    assertThatThrownBy(() -> connect(LONG, first, second, last))
        .isInstanceOfSatisfying(
            ConnectionLostException.class,
            e -> {
              assertThat(e).hasMessageContaining("cannot connect to " + last);
              assertThat(e.getSuppressed()).hasSize(1);
              assertThat(e.getSuppressed()[0]).hasMessageContaining("cannot connect to " + second);
              assertThat(e.getSuppressed()[0].getSuppressed()[0])
                  .hasMessageContaining("cannot connect to " + first);
            });
  }

  @Test
  void shouldEndTheAttemptWhenOneRefuses() throws Exception {
    try (ScriptedServer refusing =
            ScriptedServer.bare(
                (peer, templateId, message) ->
                    peer.error(0, Status.UNSUPPORTED_VERSION, "only 9"));
        ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      assertThatThrownBy(() -> connect(LONG, at(refusing), at(server)))
          .isInstanceOf(HandshakeException.class);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void shouldSayThatAHostIsUnknown() {
    assertThatThrownBy(() -> connect(LONG))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage("unknown host ledger.invalid");
  }

  @Test
  void shouldCountAllAddressesAsOneAttemptOfTheClient() throws Exception {
    InetSocketAddress nobody = nobody();
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      InetSocketAddress at = at(server);

      requireConnected(new ClientConfig(), endpoint -> List.of(nobody, nobody, at));
    }
  }

  @Test
  void shouldTryTheNextEndpointWhenTheLookUpOfOneFails() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      InetSocketAddress at = at(server);

      requireConnected(
          new ClientConfig().endpoint("broken.invalid", 7400),
          endpoint -> {
            if (endpoint.equals(ENDPOINT)) {
              return List.of(at);
            }
            throw new OutOfMemoryError("of a test");
          });
    }
  }

  /** With an attempt at each endpoint, of which {@link #ENDPOINT} is the last. */
  private static void requireConnected(ClientConfig config, AddressLookup.Resolver resolver)
      throws Exception {
    config
        .endpoint(ENDPOINT.getHostString(), ENDPOINT.getPort())
        .threadName(THREAD_NAME)
        .connectTimeout(LONG)
        .conclude();
    ClientLoop loop = new ClientLoop(config, new Semaphore(8), resolver);
    Thread thread = new Thread(loop, config.threadName());
    thread.start();

    assertThat(await(loop.connected()).maxInFlight()).isEqualTo(8);
    loop.close();
    thread.join();
  }

  private static TcpMessageConnection connect(Duration timeout, InetSocketAddress... addresses) {
    return TcpMessageConnection.connect(ENDPOINT, timeout, endpoint -> List.of(addresses));
  }

  private static InetSocketAddress at(ScriptedServer server) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  private InetSocketAddress nobody() throws Exception {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), unusedPort());
  }
}
