package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;

class ReceptionTest {
  /** More than the JDK has wait by itself (50), fewer than any usual system allows (128). */
  private static final int WAITING_PEERS = 120;

  /** A connect takes no time unless the queue is full, and then ends no sooner than this. */
  private static final int CONNECT_MILLIS = 10_000;

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void shouldHaveManyPeersWaitToBeLetIn() throws IOException {
    final List<Socket> peers = new ArrayList<>();
    try (ServerSocketChannel listener = Reception.listen(ANY_PORT)) {
      for (int i = 0; i < WAITING_PEERS; i++) {
        final Socket peer = new Socket();
        peers.add(peer);
        peer.connect(listener.getLocalAddress(), CONNECT_MILLIS);
      }
      assertThat(peers).allMatch(Socket::isConnected);
    } finally {
      CloseHelper.closeAll(peers);
    }
  }
}
