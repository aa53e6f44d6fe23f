package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.Patience;
import dev.verdant.pipeline.TestEngines;
import dev.verdant.pipeline.TestMessages;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jdk.net.ExtendedSocketOptions;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceptionTest {
  /** More than the JDK has wait by itself (50), fewer than any usual system allows (128). */
  private static final int WAITING_PEERS = 120;

  /** A connect takes no time unless the queue is full, and then ends no sooner than this. */
  private static final int CONNECT_MILLIS = 10_000;

  private static final int DEAD_AFTER_SECONDS = 120;

  private final Ledger ledger = new Ledger();
  private final List<Socket> peers = new ArrayList<>();
  private Engine engine;
  private Selector selector;
  private ServerSocketChannel listener;
  private Reception reception;

  @BeforeEach
  void open() throws IOException {
    engine = TestEngines.launch(ledger);
    selector = Selector.open();
    listener = Reception.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    reception =
        new Reception(
            engine,
            listener,
            selector,
            WAITING_PEERS,
            Patience.DEADLINE.toNanos(),
            ByteBuffer.allocate(Reception.INPUT_LENGTH),
            () -> {});
  }

  @AfterEach
  void closeAll() throws IOException {
    CloseHelper.closeAll(peers);
    reception.close();
    selector.close();
    engine.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  private void connect() throws IOException {
    final Socket peer = new Socket();
    peers.add(peer);
    peer.connect(listener.getLocalAddress(), CONNECT_MILLIS);
  }

  /** A peer may take its connection for made a moment before the listener has it. */
  private GatewayConnection accept() {
    final AtomicReference<GatewayConnection> accepted = new AtomicReference<>();
    Patience.await("the peer is there")
        .until(
            () -> {
              accepted.set(reception.accept(0));
              return accepted.get() != null;
            });
    return accepted.get();
  }

  @Test
  void shouldTakeNobodyByAnAddressOfIPv6WhereItListensAtAllOfIPv4() throws IOException {
    final InetAddress allOfIPv4 = InetAddress.getByAddress(new byte[4]);
    final byte[] loopbackOfIPv6 = new byte[16];
    loopbackOfIPv6[15] = 1;
    try (ServerSocketChannel every = Reception.listen(new InetSocketAddress(allOfIPv4, 0))) {
      final int port = every.socket().getLocalPort();
      peers.add(new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      assertThatThrownBy(
              () -> peers.add(new Socket(InetAddress.getByAddress(loopbackOfIPv6), port)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldTellWhetherAnAddressIsFreeAndLeaveItSo() throws IOException {
    final InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
    assertThatThrownBy(() -> Reception.requireFree(address)).isInstanceOf(BindException.class);
    listener.close();
    Reception.requireFree(address);
    listener = Reception.listen(address);
    connect();
    assertThat(peers.get(0).isConnected()).isTrue();
    listener.close();
  }

  @Test
  void shouldSayWhenAHostIsNotKnown() {
    final InetSocketAddress unknown = InetSocketAddress.createUnresolved("no.such.host", 7411);
    assertThatThrownBy(() -> Reception.listen(unknown))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no.such.host");
    assertThatThrownBy(() -> Reception.requireFree(unknown))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void shouldTellEachPeerThatItIsTurnedAway() throws IOException {
    for (int i = 0; i < 2; i++) {
      final int before = i;
      connect();
      Patience.await("it is turned away")
          .until(
              () -> {
                reception.accept(WAITING_PEERS);
                return reception.refusedConnections() > before;
              });
      final UnsafeBuffer frame = new UnsafeBuffer(peers.get(i).getInputStream().readAllBytes());
      assertThat(Frame.messageLength(frame, 0)).isEqualTo(frame.capacity() - Frame.LENGTH_PREFIX);
      assertThat(TestMessages.errorStatus(frame, Frame.LENGTH_PREFIX))
          .isEqualTo(Status.BUSY.value());
    }
  }

  @Test
  void shouldHaveManyPeersWaitToBeLetIn() throws IOException {
    for (int i = 0; i < WAITING_PEERS; i++) {
      connect();
    }
    assertThat(peers).hasSize(WAITING_PEERS).allMatch(Socket::isConnected);
  }

  @Test
  void shouldFindADeadPeerWithinMinutes() throws IOException {
    connect();
    final GatewayConnection connection = accept();
    final SocketChannel channel = (SocketChannel) selector.keys().iterator().next().channel();
    try {
      assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assumeThat(channel.supportedOptions())
          .contains(
              ExtendedSocketOptions.TCP_KEEPIDLE,
              ExtendedSocketOptions.TCP_KEEPINTERVAL,
              ExtendedSocketOptions.TCP_KEEPCOUNT);
      final int silence = channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);
      final int probes = channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);
      final int interval = channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL);
      assertThat(silence + probes * interval).isEqualTo(DEAD_AFTER_SECONDS);
    } finally {
      connection.abort();
    }
  }
}
