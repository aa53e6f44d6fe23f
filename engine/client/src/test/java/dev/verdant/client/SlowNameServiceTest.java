package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.PingResult;
import dev.verdant.protocol.ConnectionLostException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowNameServiceTest extends ClientTestBase {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final CountDownLatch nameService = new CountDownLatch(1);
  private final Semaphore window = new Semaphore(8);
  private ClientLoop loop;
  private Thread thread;

  @AfterEach
  void endsTheLoop() throws InterruptedException {
    nameService.countDown();
    loop.close();
    thread.join();
  }

  @Test
  void shouldKeepTheDeadlinesWhileAHostIsLookedUpAndConnectThen() throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      start(server.port(), LONG);

      assertThat(failureOf(ping(SHORT)))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("never sent");
      assertThat(loop.connected()).isNotDone();
      assertThat(nameService.getCount()).isEqualTo(1);
      nameService.countDown();

      assertThat(await(ping(LONG)).accepted()).isTrue();
    }
  }

  @Test
  void shouldGiveAnAttemptUpWhenTheHostIsNotFoundInTime() {
    start(1, SHORT);

    assertThat(failureOf(loop.connected()))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("no address of ledger.invalid in time");
    assertThat(nameService.getCount()).isEqualTo(1);
  }

  private void start(int port, Duration connectTimeout) {
    ClientConfig config =
        new ClientConfig()
            .endpoint("ledger.invalid", port)
            .connectTimeout(connectTimeout)
            .drainTimeout(LONG)
            .conclude();
    loop = new ClientLoop(config, window, this::resolve);
    thread = new Thread(loop, config.threadName());
    thread.start();
  }

  private CompletableFuture<PingResult> ping(Duration timeout) {
    window.acquireUninterruptibly();
    Call<PingResult> call =
        new Call<>(new Query.Ping(), System.nanoTime() + timeout.toNanos(), loop::onEnded);
    loop.submit(call);
    return call.future();
  }

  private List<InetSocketAddress> resolve(InetSocketAddress endpoint) {
    awaitQuietly(nameService);
    return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()));
  }
}
