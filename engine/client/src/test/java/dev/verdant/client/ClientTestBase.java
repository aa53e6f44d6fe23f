package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.TransactionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.CloseHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** Every test ends without a client's or a server's thread. */
abstract class ClientTestBase {
  static final Duration LONG = Duration.ofSeconds(60);

  /** Not so long that a test dawdles, yet any machine has sent or connected by then. */
  static final Duration LONG_ENOUGH_TO_SEND = Duration.ofSeconds(2);

  static final String THREAD_NAME = "verdant-client-under-test";

  private final List<Socket> bound = new ArrayList<>();

  @AfterEach
  void freesThePorts() {
    CloseHelper.quietCloseAll(bound);
  }

  @AfterEach
  void leavesNoThread() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain(THREAD_NAME, "scripted-server");
  }

  static ClientConfig config(ScriptedServer server) {
    return new ClientConfig()
        .endpoint("127.0.0.1", server.port())
        .threadName(THREAD_NAME)
        .connectTimeout(LONG)
        .requestTimeout(LONG)
        .drainTimeout(LONG)
        .reconnectPolicy(
            new ReconnectPolicy(Duration.ofMillis(1), Duration.ofMillis(10), Integer.MAX_VALUE));
  }

  /**
   * A port of the loopback interface at which nobody listens, nor will as long as the test runs.
   */
  int unusedPort() throws IOException {
    Socket socket = new Socket();
    bound.add(socket);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket.getLocalPort();
  }

  static OrderRequest order(long number) {
    return OrderRequest.of(TransactionId.of(number), 1, 2, number);
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Counts each message, and gives it a pong once the latch is released. */
  static ScriptedServer.Script pongAfter(CountDownLatch release, AtomicInteger received) {
    return (peer, templateId, message) -> {
      received.incrementAndGet();
      awaitQuietly(release);
      ScriptedServer.pong(peer, templateId, message);
    };
  }

  /** For scripts, which may not throw what waiting throws. */
  static void awaitQuietly(CountDownLatch latch) {
    Awaitility.await().atMost(LONG).until(() -> latch.getCount() == 0);
  }

  /**
   * How calls fail at their deadlines: the first failure that is as wanted, of calls made one after
   * the other, each with twice the time of the one before, since a slow machine needs longer.
   */
  static Throwable failureInTime(
      Function<Duration, CompletableFuture<?>> call, Predicate<Throwable> wanted) {
    Duration timeout = Duration.ofMillis(50);
    Throwable failure = failureOf(call.apply(timeout));
    while (!wanted.test(failure) && timeout.compareTo(LONG) < 0) {
      timeout = timeout.multipliedBy(2);
      failure = failureOf(call.apply(timeout));
    }
    return failure;
  }

  /** How a call fails that was sent and gets no answer. */
  static Throwable failureOnceSent(Function<Duration, CompletableFuture<?>> call) {
    return failureInTime(call, failure -> failure.getMessage().contains("without an answer"));
  }

  static Throwable failureOf(CompletableFuture<?> future) {
    return await(future.handle((result, failure) -> failure));
  }
}
