package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.verdant.client.request.Query;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TcpMessageConnectionTest extends ClientTestBase {
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
  private final List<Long> answered = new ArrayList<>();
  private final MessageHandler recorder =
      (buffer, offset, length) -> answered.add(Frame.correlationId(buffer, offset));

  @Test
  void shouldDeliverEveryReplyInOrderWhenRequestsArePipelined() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(100, ScriptedServer::pong);
        TcpMessageConnection connection = connect(server)) {
      for (long id = 1; id <= 10_000; id++) {
        while (!offerPing(connection, id)) {
          connection.poll(recorder);
        }
      }
      pollUntilAnswered(connection, 10_000);

      assertThat(answered)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 10_000).boxed().toList());
      assertThat(connection.inFlight()).isZero();
    }
  }

  @Test
  void shouldConnectACallerWhoIsInterruptedAndLeaveHimSo() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(100, ScriptedServer::pong)) {
      Thread.currentThread().interrupt();
      try (TcpMessageConnection connection = connect(server)) {
        assertThat(Thread.interrupted()).isTrue();
        assertThat(connection.server()).isNotNull();
      }
    }
  }

  @Test
  void shouldTellWhatTheServerSaidOfItself() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(100, ScriptedServer::pong);
        TcpMessageConnection connection = connect(server)) {
      ServerInfo info = connection.server();

      assertThat(info.version()).isEqualTo(HelloDecoder.SCHEMA_VERSION);
      assertThat(info.maxInFlight()).isEqualTo(100);
      assertThat(info.maxFrameLength()).isEqualTo(Frame.MAX_LENGTH);
      assertThat(info.sequence()).isEqualTo(7);
      assertThat(info.timeMillis()).isEqualTo(8);
    }
  }

  @Test
  void shouldWriteEveryRequestInTheVersionThatAnOlderServerHasAgreedOn() throws Exception {
    List<Integer> versions = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.bare(
                (peer, templateId, bytes) -> {
                  if (templateId == HelloDecoder.TEMPLATE_ID) {
                    peer.helloReplyOfVersion(100, Greeting.MIN_VERSION);
                  } else {
                    versions.add(new MessageHeaderDecoder().wrap(bytes, 0).version());
                    ScriptedServer.pong(peer, templateId, bytes);
                  }
                });
        TcpMessageConnection connection = connect(server)) {
      assertThat(offerPing(connection, 1)).isTrue();
      assertThat(offerPing(connection, 2)).isTrue();
      pollUntilAnswered(connection, 2);

      assertThat(versions).containsExactly(Greeting.MIN_VERSION, Greeting.MIN_VERSION);
    }
  }

  @Test
  void shouldRefuseAnOfferWhenTheWindowOfTheServerIsFull() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(3, ScriptedServer::pong);
        TcpMessageConnection connection = connect(server)) {
      assertThat(offerPing(connection, 1)).isTrue();
      assertThat(offerPing(connection, 2)).isTrue();
      assertThat(offerPing(connection, 3)).isTrue();
      assertThat(offerPing(connection, 4)).isFalse();

      pollUntilAnswered(connection, 3);

      assertThat(offerPing(connection, 4)).isTrue();
    }
  }

  @Test
  void shouldRefuseAnOfferWhenTheServerDoesNotReadAndTheBufferIsFull() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.greeting(
                Integer.MAX_VALUE, (peer, templateId, bytes) -> awaitQuietly(end));
        TcpMessageConnection connection = connect(server)) {
      UnsafeBuffer large = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH]);
      new Query.Ping().encode(large, 0, 1);
      int taken = 0;
      while (connection.offer(large, 0, large.capacity())) {
        taken++;
      }

      assertThat(taken).isGreaterThanOrEqualTo(2);
      assertThat(connection.inFlight()).isEqualTo(taken);
      assertThat(connection.interest())
          .as("what is left leaves as soon as the socket takes it")
          .isEqualTo(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      end.countDown();
    }
  }

  @Test
  void shouldDeliverWhatHadArrivedBeforeItReportsThatTheServerHungUp() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(
                100,
                (peer, templateId, bytes) -> {
                  ScriptedServer.pong(peer, templateId, bytes);
                  if (Frame.correlationId(bytes, 0) == 3) {
                    peer.hangUp();
                  }
                });
        TcpMessageConnection connection = connect(server)) {
      for (long id = 1; id <= 3; id++) {
        offerPing(connection, id);
      }

      assertThatThrownBy(() -> pollUntilAnswered(connection, 4))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("closed the connection");
      assertThat(answered).containsExactly(1L, 2L, 3L);
      assertThatThrownBy(() -> offerPing(connection, 4))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void shouldSayThatTheServerHungUpAmidAFrame() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.greeting(
                100,
                (peer, templateId, bytes) -> {
                  peer.halfAnOrderReply(1);
                  peer.hangUp();
                });
        TcpMessageConnection connection = connect(server)) {
      offerPing(connection, 1);

      assertThatThrownBy(() -> pollUntilAnswered(connection, 1))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("amid a frame");
    }
  }

  @Test
  void shouldEndTheConnectionWhenAFrameLiesAboutItsLength() throws Exception {
    for (int claim : new int[] {-1, 0, 15, Limits.MAX_MESSAGE_LENGTH + 1}) {
      try (ScriptedServer server =
              ScriptedServer.greeting(100, (peer, templateId, bytes) -> peer.lyingFrame(claim));
          TcpMessageConnection connection = connect(server)) {
        offerPing(connection, 1);

        assertThatThrownBy(() -> pollUntilAnswered(connection, 1))
            .isInstanceOf(ConnectionLostException.class)
            .hasMessageContaining("claims a message of " + Integer.toUnsignedString(claim));
      }
    }
  }

  @Test
  void shouldRefuseAMessageThatTheServerWouldNotTake() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(100, ScriptedServer::pong);
        TcpMessageConnection connection = connect(server)) {
      UnsafeBuffer tooLong = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH + 1]);

      assertThatThrownBy(() -> connection.offer(tooLong, 0, tooLong.capacity()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("to " + Limits.MAX_MESSAGE_LENGTH);
      assertThat(connection.inFlight()).isZero();
    }
  }

  /** The server would close the connection for it, with all that is in flight. */
  @Test
  void shouldRefuseAMessageThatIsNone() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(100, ScriptedServer::pong);
        TcpMessageConnection connection = connect(server)) {
      assertThatThrownBy(() -> connection.offer(message, 0, Frame.MIN_MESSAGE_LENGTH - 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from " + Frame.MIN_MESSAGE_LENGTH);
      assertThat(connection.inFlight()).isZero();
    }
  }

  @Test
  void shouldKeepToALimitOfTheServersBelowThatOfTheProtocol() throws Exception {
    int length = new Query.Ping().encode(message, 0, 1);
    int limit = Frame.LENGTH_PREFIX + length;
    try (ScriptedServer server = limiting(1, limit);
        TcpMessageConnection connection = connect(server)) {
      assertThatThrownBy(() -> connection.offer(message, 0, length + 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("to " + length);
      assertThat(connection.offer(message, 0, length)).isTrue();
    }
  }

  @Test
  void shouldTakeTheLargestLimitsThatAServerCanSay() throws Exception {
    long largest = 0xFFFF_FFFEL;
    try (ScriptedServer server = limiting(largest, largest);
        TcpMessageConnection connection = connect(server)) {
      assertThat(offerPing(connection, 1)).isTrue();
      pollUntilAnswered(connection, 1);

      assertThat(connection.server().maxInFlight()).isEqualTo(Integer.MAX_VALUE);
      UnsafeBuffer tooLong = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH + 1]);
      assertThatThrownBy(() -> connection.offer(tooLong, 0, tooLong.capacity()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("to " + Limits.MAX_MESSAGE_LENGTH);
    }
  }

  @Test
  void shouldAskForAtLeastOneAnswerAtATimeWhateverTheServerSays() throws Exception {
    try (ScriptedServer server = limiting(0, Frame.MAX_LENGTH);
        TcpMessageConnection connection = connect(server)) {
      assertThat(offerPing(connection, 1)).isTrue();
      pollUntilAnswered(connection, 1);
    }
  }

  @Test
  void shouldFailWhenTheHelloIsNotAnsweredInTime() throws Exception {
    try (ScriptedServer server = ScriptedServer.bare((peer, templateId, bytes) -> {})) {
      CompletableFuture<TcpMessageConnection> connecting =
          CompletableFuture.supplyAsync(
              () ->
                  TcpMessageConnection.connect("127.0.0.1", server.port(), Duration.ofMillis(20)));

      assertThat(failureOf(connecting))
          .hasCauseInstanceOf(ConnectionLostException.class)
          .hasMessageContaining(
              "no answer to the hello from /127.0.0.1:" + server.port() + " in time");
    }
  }

  @Test
  void shouldFailWhenNobodyListens() throws IOException {
    int port = unusedPort();

    assertThatThrownBy(() -> TcpMessageConnection.connect("127.0.0.1", port, LONG))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("cannot connect to")
        .hasMessageContaining(String.valueOf(port));
  }

  @Test
  void shouldFailWhenTheServerRefusesTheVersion() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.bare(
            (peer, templateId, bytes) -> peer.error(0, Status.UNSUPPORTED_VERSION, "only 9"))) {
      assertThatThrownBy(() -> connect(server))
          .isInstanceOfSatisfying(
              HandshakeException.class,
              e -> assertThat(e.status()).isEqualTo(Status.UNSUPPORTED_VERSION))
          .hasMessageContaining("only 9");
      Awaitility.await("it has hung up")
          .atMost(LONG.dividedBy(2))
          .until(() -> server.openConnections() == 0);
    }
  }

  @Test
  void shouldAllocateNothingPerMessage() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] count = new long[1];
    MessageHandler counter = (buffer, offset, length) -> count[0]++;
    try (ScriptedServer server = ScriptedServer.greeting(64, ScriptedServer::pong);
        TcpMessageConnection connection = connect(server)) {
      int length = new Query.Ping().encode(message, 0, 1);
      long leastAllocated = Long.MAX_VALUE;
      for (int round = 0; round < 20; round++) {
        long target = count[0] + 5_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int sent = 0; sent < 5_000 || count[0] < target; ) {
          if (sent < 5_000 && connection.offer(message, 0, length)) {
            sent++;
          } else {
            connection.poll(counter);
          }
        }
        leastAllocated =
            Math.min(leastAllocated, threads.getCurrentThreadAllocatedBytes() - before);
      }

      assertThat(count[0]).isEqualTo(100_000);
      assertThat(leastAllocated).isZero();
    }
  }

  private static ScriptedServer limiting(long maxInFlight, long maxFrameLength) {
    return ScriptedServer.bare(
        (peer, templateId, bytes) -> {
          if (templateId == HelloDecoder.TEMPLATE_ID) {
            peer.helloReply(maxInFlight, maxFrameLength);
          } else {
            ScriptedServer.pong(peer, templateId, bytes);
          }
        });
  }

  private static TcpMessageConnection connect(ScriptedServer server) {
    return TcpMessageConnection.connect("127.0.0.1", server.port(), LONG);
  }

  private boolean offerPing(TcpMessageConnection connection, long correlationId) {
    return connection.offer(message, 0, new Query.Ping().encode(message, 0, correlationId));
  }

  private void pollUntilAnswered(TcpMessageConnection connection, int count) {
    Awaitility.await(count + " answers")
        .atMost(LONG)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              connection.poll(recorder);
              return answered.size() >= count;
            });
  }
}
