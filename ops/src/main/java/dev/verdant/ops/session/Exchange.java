package dev.verdant.ops.session;

import dev.verdant.client.request.Request;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.codec.Status;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocking use of a connection with a window: at most so many requests unanswered at a time, each
 * with a handler for its reply. Handlers run on the caller's thread, in the order of the requests.
 * An answer that says that the request was not taken ends the use with a {@link CommandFailure}.
 *
 * <p>One thread at a time.
 */
public final class Exchange {
  /** Answers of a ledger that did not take the request; going on would change the order. */
  private static final Set<Status> NOT_TAKEN =
      EnumSet.of(Status.BUSY, Status.ENGINE_FAILED, Status.SHUTTING_DOWN, Status.OUT_OF_SPACE);

  /** Offers between two looks for replies, so that a look costs little per request. */
  private static final int OFFERS_PER_POLL = 64;

  private final MessageConnection connection;
  private final int window;
  private final long deadlineNanos;
  private final ArrayDeque<Pending<?>> unanswered = new ArrayDeque<>();
  private final MessageHandler dispatcher = this::dispatch;
  private final IdleStrategy idle =
      new BackoffIdleStrategy(20, 50, 1_000, TimeUnit.MICROSECONDS.toNanos(500));
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_LENGTH]);
  private final Reply reply = new Reply();
  private long nextCorrelationId = 1;
  private int offersSincePoll;

  /**
   * @param connection to a ledger.
   * @param window most requests unanswered at a time, at least 1.
   * @param deadlineSeconds longest wait without any reply while some are due.
   */
  public Exchange(MessageConnection connection, int window, int deadlineSeconds) {
    this.connection = connection;
    this.window = window;
    this.deadlineNanos = TimeUnit.SECONDS.toNanos(deadlineSeconds);
  }

  /** Most requests unanswered at a time. */
  public int window() {
    return window;
  }

  /** Number of requests without a reply. */
  public int unanswered() {
    return unanswered.size();
  }

  /**
   * Sends one request, waiting while the window is full or the other side has no room.
   *
   * @param onResult takes the answer.
   * @throws dev.verdant.protocol.ConnectionLostException if the other side is gone.
   * @throws CommandFailure if it does not answer within the deadline.
   */
  public <R extends Result> void send(Request<R> request, Consumer<? super R> onResult) {
    awaitRoom();
    long deadline = System.nanoTime() + deadlineNanos;
    while (!post(request, onResult)) {
      deadline = pollOrIdle(deadline);
    }
    if (++offersSincePoll >= OFFERS_PER_POLL) {
      poll();
    }
  }

  /**
   * Hands over one request without waiting or looking for replies; it leaves with the next flush.
   *
   * @return false if the other side has no room now; nothing was done.
   */
  public <R extends Result> boolean post(Request<R> request, Consumer<? super R> onResult) {
    int length = request.encode(message, 0, nextCorrelationId);
    if (!connection.offer(message, 0, length)) {
      return false;
    }
    nextCorrelationId++;
    unanswered.addLast(new Pending<>(request, onResult));
    return true;
  }

  /** Sends what has been handed over. */
  public void flush() {
    connection.flush();
  }

  /** Waits until the window has room for one more request. */
  public void awaitRoom() {
    awaitAtMost(window - 1);
  }

  /** Delivers the replies that are there. */
  public int poll() {
    offersSincePoll = 0;
    return connection.poll(dispatcher);
  }

  /** Waits until every request has its reply. */
  public void awaitAll() {
    awaitAtMost(0);
  }

  /** Sends one request and waits for its answer and all those before it. */
  public <R extends Result> R call(Request<R> request) {
    AtomicReference<R> answer = new AtomicReference<>();
    send(request, answer::set);
    awaitAll();
    return answer.get();
  }

  private void awaitAtMost(int count) {
    long deadline = System.nanoTime() + deadlineNanos;
    while (unanswered.size() > count) {
      deadline = pollOrIdle(deadline);
    }
  }

  private long pollOrIdle(long deadline) {
    if (poll() > 0) {
      idle.reset();
      return System.nanoTime() + deadlineNanos;
    }
    if (System.nanoTime() - deadline > 0) {
      throw CommandFailure.failed(
          "no answer within "
              + TimeUnit.NANOSECONDS.toSeconds(deadlineNanos)
              + " s, "
              + unanswered.size()
              + " requests unanswered");
    }
    idle.idle();
    return deadline;
  }

  private void dispatch(DirectBuffer buffer, int offset, int length) {
    unanswered.removeFirst().deliver(reply.wrap(buffer, offset, length, false));
  }

  private record Pending<R extends Result>(Request<R> request, Consumer<? super R> onResult) {
    void deliver(Reply reply) {
      R result = request.decode(reply);
      if (NOT_TAKEN.contains(result.status())) {
        throw CommandFailure.failed(
            "the ledger takes no more: " + result.status() + " " + result.outcome().detail());
      }
      onResult.accept(result);
    }
  }
}
