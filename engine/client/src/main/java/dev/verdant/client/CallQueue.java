package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;

/**
 * The calls of a client in the order in which they were made: first those in flight, which wait for
 * a reply, then those unsent. A call leaves when its reply has come, or when it needs none any
 * more. A call in flight whose deadline has passed keeps its place, since the reply will still
 * come.
 *
 * <p>Only the client's own thread uses it.
 */
final class CallQueue {
  /**
   * Several times what a look at a call takes: 2 ms from one look to the next with the default
   * window full, a quarter of a second with the largest.
   */
  private static final long PAUSE_NANOS_PER_CALL = 256;

  private final ArrayDeque<Call<?>> inFlight;
  private final ArrayDeque<Call<?>> unsent;
  private final Semaphore window;

  /** A lower bound: no call's deadline is before it. */
  private long earliestDeadlineNanos;

  private boolean hasDeadline;

  /** When all calls were looked at last. */
  private long lastLookNanos;

  /** From then on until they may be looked at again. */
  private long pauseNanos;

  /**
   * Makes an empty queue. It never grows: one that failed to, for want of memory, would lose the
   * calls in it.
   *
   * @param window from which each call holds one permit; returned when the call leaves.
   * @param capacity most calls at a time.
   */
  CallQueue(Semaphore window, int capacity) {
    this.window = window;
    this.inFlight = new ArrayDeque<>(capacity);
    this.unsent = new ArrayDeque<>(capacity);
  }

  void add(Call<?> call) {
    unsent.addLast(call);
    noteDeadline(call);
  }

  /** The next call to send, or null; those that are over are passed by. */
  Call<?> nextUnsent() {
    Call<?> call = unsent.peekFirst();
    while (call != null && call.isOver()) {
      dropUnsent();
      call = unsent.peekFirst();
    }
    return call;
  }

  /** The call of {@link #nextUnsent} is in flight now. */
  void markSent() {
    Call<?> call = unsent.removeFirst();
    call.markSent();
    inFlight.addLast(call);
  }

  /** The call of {@link #nextUnsent} will not be sent. */
  void dropUnsent() {
    unsent.removeFirst();
    window.release();
  }

  /** The call that the next reply answers, or null. */
  Call<?> awaiting() {
    return inFlight.peekFirst();
  }

  /** Whether the server should have something to say: a bulk query it may take its time for. */
  boolean owesAnswer() {
    final Call<?> call = inFlight.peekFirst();
    return call != null && (!call.isBulk() || call.isOver());
  }

  /** The reply to {@link #awaiting} has come. */
  void markAnswered() {
    inFlight.removeFirst();
    window.release();
  }

  /** Puts the calls in flight back, before the unsent ones and in their order. */
  void rewind() {
    while (!inFlight.isEmpty()) {
      Call<?> call = inFlight.removeLast();
      if (call.isOver()) {
        window.release();
      } else {
        unsent.addFirst(call);
      }
    }
  }

  /** Fails the calls in flight: what became of them is not known. */
  void failInFlight(RuntimeException cause) {
    while (!inFlight.isEmpty()) {
      Call<?> call = inFlight.peekFirst();
      markAnswered();
      call.fail(cause);
    }
  }

  /** Fails every call. */
  void failAll(RuntimeException cause) {
    failInFlight(cause);
    while (!unsent.isEmpty()) {
      Call<?> call = unsent.peekFirst();
      dropUnsent();
      call.fail(cause);
    }
  }

  /** Calls have been ended by their callers: {@link #expire} lets those go that are unsent. */
  void noteEnded(long nowNanos) {
    earliestDeadlineNanos = nowNanos;
    hasDeadline = true;
  }

  /**
   * Fails the calls whose deadline has passed, and lets the unsent ones go that nobody waits for
   * any more. All are looked at, but only when the earliest deadline may have passed, which in the
   * common case of equal timeouts is about once a timeout; and the more they are the less often,
   * for without a connection the deadlines of many calls pass one by one.
   *
   * @param lastLoss why there was no connection last, or null: often the reason.
   */
  void expire(long nowNanos, ConnectionLostException lastLoss) {
    if (!hasDeadline || nanosUntilLook(nowNanos) > 0) {
      return;
    }
    hasDeadline = false;
    lastLookNanos = nowNanos;
    pauseNanos = PAUSE_NANOS_PER_CALL * (inFlight.size() + unsent.size());
    for (Call<?> call : inFlight) {
      if (isDue(call, nowNanos)) {
        call.failByDeadline(lastLoss);
      }
    }
    // Once round: to take a call out of the middle would move half of the others.
    for (int left = unsent.size(); left > 0; left--) {
      Call<?> call = unsent.removeFirst();
      boolean due = isDue(call, nowNanos);
      if (due || call.isOver()) {
        // Before its caller is told, who may want the place at once.
        window.release();
      } else {
        unsent.addLast(call);
      }
      if (due) {
        call.failByDeadline(lastLoss);
      }
    }
  }

  /** Nanoseconds until {@link #expire} may have something to do, or the given ones if sooner. */
  long nanosUntilDeadline(long nowNanos, long atMostNanos) {
    return hasDeadline ? Math.min(atMostNanos, nanosUntilLook(nowNanos)) : atMostNanos;
  }

  /** Whether nobody waits for anything. */
  boolean isQuiet() {
    return unsent.isEmpty() && inFlight.stream().allMatch(Call::isOver);
  }

  private long nanosUntilLook(long nowNanos) {
    long untilDeadline = earliestDeadlineNanos - nowNanos;
    return pauseNanos == 0
        ? untilDeadline
        : Math.max(untilDeadline, lastLookNanos + pauseNanos - nowNanos);
  }

  /** Whether its deadline has passed and it is not over; notes the deadline of one to come. */
  private boolean isDue(Call<?> call, long nowNanos) {
    if (call.isOver()) {
      return false;
    }
    boolean due = nowNanos - call.deadlineNanos() >= 0;
    if (!due) {
      noteDeadline(call);
    }
    return due;
  }

  private void noteDeadline(Call<?> call) {
    if (!hasDeadline || call.deadlineNanos() - earliestDeadlineNanos < 0) {
      earliestDeadlineNanos = call.deadlineNanos();
      hasDeadline = true;
    }
  }
}
