package dev.verdant.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.MemoryJournal;
import dev.verdant.pipeline.Patience;
import dev.verdant.pipeline.ReplyRing;
import dev.verdant.pipeline.RequestWriter;
import dev.verdant.pipeline.TestEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection without a gateway, driven by the test. */
class GatewayConnectionTest {
  private final Ledger ledger = new Ledger();
  private final MemoryJournal journal = new MemoryJournal();
  private final Semaphore disk = new Semaphore(0);
  private final LoggedLines log = LoggedLines.of(GatewayConnection.class);
  private final ByteBuffer discarded = ByteBuffer.allocate(1024);
  private Engine engine;
  private Selector selector;
  private RawClient client;
  private SocketChannel channel;

  @BeforeEach
  void launch() throws IOException {
    engine = TestEngines.launch(ledger, journal);
    selector = Selector.open();
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client = new RawClient((InetSocketAddress) listener.getLocalAddress());
      channel = listener.accept();
      channel.configureBlocking(false);
    }
  }

  @AfterEach
  void close() {
    CloseHelper.closeAll(client, channel, selector);
    log.close();
    disk.release();
    engine.close();
    ledger.close();
    Patience.awaitEndOfThreads();
  }

  @Test
  void shouldTellOfAMistakeOfTheIntakeOnceAndClose() throws IOException {
    final GatewayConnection connection = connectionWithoutWriter();
    receiveHello(connection);

    assertThat(connection.receive()).isZero();
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(connection.isDone()).isTrue();
    assertThat(log.lines()).hasSize(1);
    assertThat(log.lines().get(0).getThrown()).isInstanceOf(NullPointerException.class);
  }

  @Test
  void shouldCloseAlsoWhereItsMistakeCannotBeLogged() throws IOException {
    final GatewayConnection connection = connectionWithoutWriter();
    log.failFromNowOn();
    receiveHello(connection);
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(connection.isDone()).isTrue();
    assertThat(log.lines()).isEmpty();
  }

  private void receiveHello(GatewayConnection connection) throws IOException {
    client.send(client.messages.hello(1, 1, 1));
    client.flush();
    Patience.await("the hello is read")
        .until(
            () -> {
              connection.markReadable();
              return connection.receive() > 0;
            });
  }

  /** Its room must go to nobody else before: the stages still write there. */
  @Test
  void shouldNotBeDoneBeforeWhatALostPeerHasSentIsAnswered() throws Exception {
    final CountDownLatch appending = new CountDownLatch(1);
    journal.beforeAppend(
        sequence -> {
          appending.countDown();
          disk.acquireUninterruptibly();
        });
    final GatewayConnection connection = connection(engine.newRequestWriter());
    client.send(client.messages.hello(1, 1, 1));
    client.send(client.messages.openBuyer(2));
    client.flush();
    final Thread gateway = new Thread(() -> receiveUntil(connection, appending), "gateway");
    gateway.start();
    Patience.await("the command waits for the disk")
        .until(
            () ->
                appending.getCount() == 0
                    && (gateway.getState() == Thread.State.WAITING || !gateway.isAlive()));

    connection.abort();
    assertThat(connection.isDone()).isFalse();
    disk.release();
    gateway.join();
    Patience.await("it is done").until(connection::isDone);
  }

  /** To close on what has not been read would be a reset, which can overtake the last reply. */
  @Test
  void shouldTakeWhatAPeerStillSendsUntilItHasItsLastReply() throws IOException {
    final GatewayConnection connection = greeted();
    client.send(client.messages.ping(2));
    client.flush();
    selector.select(Patience.DEADLINE.toMillis());
    connection.endInput();
    assertThat(connection.send(discarded)).as("the reply, and the end").isPositive();
    assertThat(connection.send(discarded)).as("the ping, unread").isPositive();

    assertThat(client.receive()).isEqualTo(1);
    assertThat(client.isClosedByServer()).isTrue();
    client.shutdownOutput();
    Patience.await("it is done")
        .until(
            () -> {
              connection.send(discarded);
              return connection.isDone();
            });
  }

  @Test
  void shouldCloseWhereAPeerThatTakesNothingMoreIsSentAReply() throws IOException {
    final GatewayConnection connection = greeted();
    client.cut();
    selector.select(Patience.DEADLINE.toMillis());

    assertThat(connection.send(discarded)).isPositive();
    assertThat(connection.isDone()).isTrue();
    assertThat(channel.isOpen()).isFalse();
    assertThat(log.lines()).isEmpty();
  }

  /** A connection whose hello has been read, and whose reply waits to be sent. */
  private GatewayConnection greeted() throws IOException {
    final GatewayConnection connection = connection(engine.newRequestWriter());
    client.send(client.messages.hello(1, 1, 1));
    client.flush();
    Patience.await("the hello is answered")
        .until(
            () -> {
              connection.markReadable();
              connection.receive();
              engine.carryOn();
              return connection.replies().hasReplies();
            });
    return connection;
  }

  /** As a gateway does, which may have to journal what it has read. */
  private void receiveUntil(GatewayConnection connection, CountDownLatch appending) {
    while (appending.getCount() > 0) {
      connection.markReadable();
      connection.receive();
      engine.carryOn();
    }
  }

  /** Its intake cannot but fail at the first request. */
  private GatewayConnection connectionWithoutWriter() throws IOException {
    return connection(null);
  }

  private GatewayConnection connection(RequestWriter writer) throws IOException {
    final ReplyRing replies = engine.newReplyRing(() -> {});
    final InputBuffer input = new InputBuffer(1024, new LongBuffers());
    return new GatewayConnection(
        channel,
        channel.register(selector, SelectionKey.OP_READ),
        new RequestIntake(engine.ring(), writer, replies, input),
        replies,
        input,
        System.nanoTime() + Patience.DEADLINE.toNanos());
  }
}
