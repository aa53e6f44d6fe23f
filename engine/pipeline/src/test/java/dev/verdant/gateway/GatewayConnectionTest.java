package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.Patience;
import dev.verdant.pipeline.ReplyRing;
import dev.verdant.pipeline.TestEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that meets a mistake of the gateway's own. */
class GatewayConnectionTest {
  private final Ledger ledger = new Ledger();
  private final LoggedLines log = LoggedLines.of(GatewayConnection.class);
  private Engine engine;

  @BeforeEach
  void launch() {
    engine = TestEngines.launch(ledger);
  }

  @AfterEach
  void close() {
    log.close();
    engine.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  @Test
  void shouldTellOfAMistakeOfTheIntakeOnceAndClose() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (RawClient client = new RawClient((InetSocketAddress) listener.getLocalAddress());
          SocketChannel channel = listener.accept()) {
        channel.configureBlocking(false);
        final GatewayConnection connection =
            connectionWithoutWriter(channel, channel.register(selector, SelectionKey.OP_READ));
        client.send(client.messages.hello(1, 1, 1));
        client.flush();
        Patience.await("the hello is read")
            .until(
                () -> {
                  connection.markReadable();
                  return connection.receive() > 0;
                });

        assertThat(connection.receive()).isZero();
        assertThat(client.isClosedByServer()).isTrue();
        assertThat(connection.isDone()).isTrue();
        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0).getThrown()).isInstanceOf(NullPointerException.class);
      }
    }
  }

  /** Its intake cannot but fail at the first request. */
  private GatewayConnection connectionWithoutWriter(SocketChannel channel, SelectionKey key) {
    final ReplyRing replies = engine.newReplyRing(() -> {});
    final InputBuffer input = new InputBuffer(1024, new LongBuffers());
    return new GatewayConnection(
        channel,
        key,
        new RequestIntake(engine.ring(), null, replies, input),
        replies,
        input,
        System.nanoTime() + Patience.DEADLINE.toNanos());
  }
}
