package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.PingResult;
import dev.verdant.protocol.ConnectionLostException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FailingThreadTest extends ClientTestBase {
  private static final int WINDOW = 8;

  private final OutOfMemoryError error = new OutOfMemoryError("of a test");
  private final Semaphore window = new Semaphore(WINDOW);
  private final ClientLoop loop =
      new ClientLoop(
          new ClientConfig().endpoint("127.0.0.1", 1).conclude(),
          window,
          endpoint -> {
            throw error;
          });

  @Test
  void shouldFailEveryCallWhenItsThreadFailsWithAnError() throws Exception {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    Thread thread = new Thread(loop, THREAD_NAME);
    thread.setUncaughtExceptionHandler((failed, cause) -> uncaught.set(cause));

    Call<PingResult> before = submit();
    thread.start();
    thread.join();
    Call<PingResult> after = submit();

    assertThat(uncaught).hasValue(error);
    assertThat(failureOf(before.future()))
        .isInstanceOf(ConnectionLostException.class)
        .hasCause(error);
    assertThat(failureOf(after.future())).isSameAs(failureOf(before.future()));
    assertThat(failureOf(loop.connected())).isSameAs(failureOf(before.future()));
    assertThat(window.availablePermits()).isEqualTo(WINDOW);
  }

  private Call<PingResult> submit() {
    window.acquireUninterruptibly();
    Call<PingResult> call =
        new Call<>(new Query.Ping(), System.nanoTime() + LONG.toNanos(), loop::onEnded);
    loop.submit(call);
    return call;
  }
}
