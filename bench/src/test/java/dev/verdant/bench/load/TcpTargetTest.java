package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.MessageSource;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.HelloReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that says hello and nothing else. */
class TcpTargetTest {
  private static final int RATE = 1_000;
  private static final long MOST_SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final MessageSource requests = ControlMessages.releases(0);
  private final Histogram latencies = new Histogram(3);
  private ServerSocket listener;
  private Socket connection;
  private TcpTarget target;

  @BeforeEach
  void connect() throws Exception {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::sayHello);
    server.start();
    target =
        TcpTarget.connect(
            (InetSocketAddress) listener.getLocalSocketAddress(), 1, 0, MOST_SILENT_NANOS);
    server.join();
  }

  private void sayHello() {
    byte[] frame =
        new byte
            [Frame.LENGTH_PREFIX
                + MessageHeaderEncoder.ENCODED_LENGTH
                + HelloReplyEncoder.BLOCK_LENGTH];
    UnsafeBuffer buffer = new UnsafeBuffer(frame);
    Frame.putMessageLength(buffer, 0, frame.length - Frame.LENGTH_PREFIX);
    new HelloReplyEncoder()
        .wrapAndApplyHeader(buffer, Frame.LENGTH_PREFIX, new MessageHeaderEncoder())
        .correlationId(0)
        .status(Status.OK)
        .version(1)
        .clock(ClockMode.COMMANDS)
        .durability(Durability.WRITTEN)
        .maxFrameLength(Frame.MAX_LENGTH)
        .maxInFlight(10)
        .sequence(0)
        .time(0);
    try {
      connection = listener.accept();
      connection.getOutputStream().write(frame);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    target.close();
    connection.close();
    listener.close();
  }

  @Test
  void shouldFailInTheClosedLoopWhereNoReplyComes() {
    assertSilent(() -> target.run(requests, 0, 2, new OkReplies(), new Timeline()));
  }

  @Test
  void shouldFailInTheOpenLoopWhereNoReplyComes() {
    assertSilent(() -> target.openLoop(requests, 0, 2, RATE, new OkReplies(), latencies));
  }

  @Test
  void shouldFailWhereNoReplyComesToALoneRequest() {
    assertSilent(() -> target.lone(requests, 0, 2, new OkReplies(), latencies));
  }

  private static void assertSilent(ThrowingCallable loop) {
    assertThatThrownBy(loop)
        .isInstanceOf(LoadFailedException.class)
        .hasMessageContaining("no reply within ");
  }

  @Test
  void shouldFailWhereTheServerIsGone() throws IOException {
    connection.close();
    assertThatThrownBy(() -> target.lone(requests, 0, 2, new OkReplies(), latencies))
        .isInstanceOf(LoadFailedException.class)
        .hasMessageStartingWith("the connection to the server broke: ");
  }
}
