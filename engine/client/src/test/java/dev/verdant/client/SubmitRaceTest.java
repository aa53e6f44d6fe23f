package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.client.request.Query;
import dev.verdant.client.result.PingResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.junit.jupiter.api.Test;

/**
 * A call submitted in the instant in which the loop ends: the steps of both, one after the other in
 * every order in which they can meet.
 */
class SubmitRaceTest extends ClientTestBase {
  private static final int WINDOW = 8;

  private final Semaphore window = new Semaphore(WINDOW);
  private Runnable beforeQueued = () -> {};
  private Runnable afterQueued = () -> {};

  /** Times yet that the queue shows none of its calls, though it is not empty. */
  private int unseen;

  private final ClientLoop loop =
      new ClientLoop(
          new ClientConfig().endpoint("127.0.0.1", 1).drainTimeout(Duration.ZERO).conclude(),
          window,
          AddressLookup::resolve,
          new ManyToOneConcurrentArrayQueue<>(WINDOW) {
            @Override
            public boolean offer(Call<?> call) {
              beforeQueued.run();
              boolean taken = super.offer(call);
              afterQueued.run();
              return taken;
            }

            @Override
            public int drain(Consumer<Call<?>> taker) {
              return unseen-- > 0 ? 0 : super.drain(taker);
            }
          });

  private final Call<PingResult> call = newCall();

  @Test
  void shouldFailACallThatIsQueuedBeforeTheEnd() {
    submit(call);
    end();

    requireFailed(call);
  }

  @Test
  void shouldFailACallWhenTheEndComesRightAfterItIsQueued() {
    afterQueued = this::end;
    submit(call);

    requireFailed(call);
  }

  @Test
  void shouldFailACallWhenTheEndComesRightBeforeItIsQueued() {
    beforeQueued = this::end;
    submit(call);

    requireFailed(call);
  }

  @Test
  void shouldFailACallThatIsSubmittedAfterTheEnd() {
    end();
    submit(call);

    requireFailed(call);
  }

  /** The queue gives a place first and puts the call there then: others may see it later. */
  @Test
  void shouldFailACallThatIsSeenInTheQueueOnlyAMomentAfterTheEnd() {
    submit(call);
    unseen = 3;
    end();

    requireFailed(call);
  }

  /** The callback of one call runs on the loop's thread as the other call is queued. */
  @Test
  void shouldFailACallThatIsQueuedWhileAnotherIsToldOfTheEnd() throws Exception {
    CountDownLatch queueing = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    Call<PingResult> other = newCall();
    submit(other);
    beforeQueued =
        () -> {
          queueing.countDown();
          awaitQuietly(told);
        };
    Thread caller = new Thread(() -> submit(call));
    CompletableFuture<Boolean> waits =
        other
            .future()
            .handle(
                (pong, failure) -> {
                  told.countDown();
                  join(caller);
                  return caller.isAlive();
                });
    caller.start();
    awaitQuietly(queueing);
    end();

    assertThat(waits).as("the caller waits for the callback").isCompletedWithValue(false);
    requireFailed(other);
    requireFailed(call);
  }

  private Call<PingResult> newCall() {
    return new Call<>(new Query.Ping(), System.nanoTime() + LONG.toNanos(), () -> {});
  }

  private void submit(Call<?> submitted) {
    window.acquireUninterruptibly();
    loop.submit(submitted);
  }

  /** The whole of the loop's life: it is closed before it begins. */
  private void end() {
    loop.close();
    loop.run();
  }

  private void requireFailed(Call<?> failed) {
    assertThat(failed.isOver()).isTrue();
    assertThat(failureOf(failed.future())).isInstanceOf(ClientClosedException.class);
    assertThat(window.availablePermits()).isEqualTo(WINDOW);
  }

  private static void join(Thread thread) {
    try {
      thread.join(LONG.toMillis() / 2);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
