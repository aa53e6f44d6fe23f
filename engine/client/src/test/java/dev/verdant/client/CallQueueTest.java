package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.verdant.client.request.Query;
import dev.verdant.client.result.PingResult;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Order and deadlines of calls that wait, on a clock of the test's own. */
class CallQueueTest {
  private static final long MS = 1_000_000;
  private static final long FAR = 1_000 * MS;
  private static final int CAPACITY = 1_000;

  private final Semaphore window = new Semaphore(0);
  private final CallQueue calls = new CallQueue(window, CAPACITY);

  private Call<PingResult> callUntil(long deadlineNanos) {
    Call<PingResult> call = new Call<>(new Query.Ping(), deadlineNanos, () -> {});
    calls.add(call);
    return call;
  }

  @Test
  void shouldFailEachCallAtItsOwnDeadline() {
    Call<PingResult> sentLater = callUntil(40 * MS);
    calls.nextUnsent();
    calls.markSent();
    Call<PingResult> unsentLast = callUntil(50 * MS);
    Call<PingResult> unsentFirst = callUntil(20 * MS);
    assertThat(calls.nanosUntilDeadline(0, FAR)).isEqualTo(20 * MS);

    calls.expire(19 * MS, null);
    assertThat(unsentFirst.isOver()).isFalse();
    calls.expire(20 * MS, null);
    assertThat(unsentFirst.isOver()).isTrue();
    assertThat(sentLater.isOver()).isFalse();

    assertThat(calls.nanosUntilDeadline(20 * MS, FAR)).isEqualTo(20 * MS);
    calls.expire(40 * MS, null);
    assertThat(sentLater.isOver()).isTrue();
    assertThat(unsentLast.isOver()).isFalse();

    assertThat(calls.nanosUntilDeadline(40 * MS, FAR)).isEqualTo(10 * MS);
    calls.expire(50 * MS, null);
    assertThat(unsentLast.isOver()).isTrue();
    assertThat(calls.nanosUntilDeadline(50 * MS, FAR)).isEqualTo(FAR);
    assertThat(window.availablePermits()).as("the sent one keeps its place").isEqualTo(2);
  }

  /** Else an outage in which many wait would be spent on looking at them. */
  @Test
  void shouldLookAtManyCallsTheLessOftenTheMoreTheyAre() {
    Call<PingResult> first = callUntil(MS);
    Call<PingResult> second = callUntil(MS + 1);
    for (int i = 2; i < CAPACITY; i++) {
      callUntil(FAR);
    }
    long pause = 256 * CAPACITY;
    calls.expire(MS, null);
    assertThat(first.isOver()).isTrue();

    assertThat(calls.nanosUntilDeadline(MS, FAR)).isEqualTo(pause);
    calls.expire(MS + pause - 1, null);
    assertThat(second.isOver()).isFalse();
    calls.expire(MS + pause, null);
    assertThat(second.isOver()).isTrue();

    calls.noteEnded(MS + pause);
    assertThat(calls.nanosUntilDeadline(MS + pause, FAR)).isBetween(pause * 9 / 10, pause);
    assertThat(calls.nanosUntilDeadline(MS + 2 * pause, FAR)).isLessThanOrEqualTo(0);
  }

  @Test
  void shouldLetUnsentCallsGoThatTheirCallersHaveEndedAndKeepTheOrderOfTheOthers() {
    Call<PingResult> first = callUntil(FAR);
    Call<PingResult> second = callUntil(FAR);
    Call<PingResult> third = callUntil(MS);
    Call<PingResult> fourth = callUntil(FAR);
    Call<PingResult> fifth = callUntil(FAR);
    second.future().cancel(false);
    calls.expire(0, null);
    assertThat(window.availablePermits()).as("it is not told so far").isZero();

    calls.noteEnded(0);
    calls.expire(0, null);
    assertThat(window.availablePermits()).isEqualTo(1);
    calls.expire(2 * MS, null);

    assertThat(third.isOver()).isTrue();
    assertThat(window.availablePermits()).isEqualTo(2);
    sendNext(first, fourth, fifth);
  }

  @Test
  void shouldGiveItsPlaceBackBeforeTheCallerOfAnUnsentCallIsTold() {
    Call<PingResult> unsent = callUntil(20 * MS);
    AtomicInteger places = new AtomicInteger();
    CompletableFuture<Void> told =
        unsent
            .future()
            .handle((result, failure) -> window.availablePermits())
            .thenAccept(places::set);

    calls.expire(20 * MS, null);

    assertThat(told).isCompleted();
    assertThat(places).hasValue(1);
  }

  @Test
  void shouldSendCallsAgainInTheirOrderBeforeThoseUnsent() {
    Call<PingResult> first = callUntil(FAR);
    Call<PingResult> second = callUntil(FAR);
    Call<PingResult> third = callUntil(FAR);
    Call<PingResult> unsent = callUntil(FAR);
    sendNext(first, second, third);

    second.future().cancel(false);
    calls.rewind();
    sendNext(first, third, unsent);
  }

  @Test
  void shouldHaveRoomForAsManyCallsAsItMayHoldFromTheStart() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<Call<PingResult>> made =
        Stream.generate(() -> new Call<>(new Query.Ping(), FAR, () -> {})).limit(CAPACITY).toList();
    long leastAllocated = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      CallQueue queue = new CallQueue(window, CAPACITY);
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CAPACITY; i++) {
        queue.add(made.get(i));
      }
      while (queue.nextUnsent() != null) {
        queue.markSent();
      }
      queue.rewind();
      leastAllocated = Math.min(leastAllocated, threads.getCurrentThreadAllocatedBytes() - before);
    }

    assertThat(leastAllocated).isZero();
  }

  private void sendNext(Call<?>... expected) {
    for (Call<?> call : expected) {
      assertThat((Object) calls.nextUnsent()).isSameAs(call);
      calls.markSent();
    }
  }
}
