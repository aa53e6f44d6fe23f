package dev.verdant.client;

import dev.verdant.client.request.Request;
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.Status;
import java.util.concurrent.CompletableFuture;
import org.agrona.MutableDirectBuffer;

/** One request on its way, from the caller's thread to its answer. */
final class Call<R extends Result> {
  private final Request<R> request;
  private final long deadlineNanos;
  private boolean bulk;
  private final CallersFuture<R> future;
  private long correlationId;
  private int timesSent;
  private R result;

  /**
   * A call that nobody has sent.
   *
   * @param deadlineNanos on the clock of {@link System#nanoTime}.
   * @param onEnded runs when the caller ends it himself; on any thread.
   */
  Call(Request<R> request, long deadlineNanos, Runnable onEnded) {
    this.request = request;
    this.deadlineNanos = deadlineNanos;
    this.future = new CallersFuture<>(onEnded);
  }

  CompletableFuture<R> future() {
    return future;
  }

  /** On the clock of {@link System#nanoTime}. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  long correlationId() {
    return correlationId;
  }

  int encode(MutableDirectBuffer buffer, long newCorrelationId) {
    correlationId = newCorrelationId;
    final int length = request.encode(buffer, 0, newCorrelationId);
    bulk = Messages.isBulkQuery(Messages.templateId(buffer, 0));
    return length;
  }

  void markSent() {
    timesSent++;
  }

  boolean wasSentBefore() {
    return timesSent > 1;
  }

  /** Whether the server may work on it for long, without a sign: it reads all of a ledger. */
  boolean isBulk() {
    return bulk;
  }

  /** Whether nobody waits for the answer any more: deadline passed, or ended by the caller. */
  boolean isOver() {
    return future.isDone();
  }

  /** Reads the reply, of which {@link #complete} tells the caller. */
  void read(Reply reply) {
    result = request.decode(reply);
  }

  /** Completes the future with the reply read. */
  void complete() {
    if (result.status() == Status.ENGINE_FAILED) {
      future.fail(new EngineFailedException(result.outcome().detail()));
    } else {
      future.answer(result);
    }
  }

  void fail(RuntimeException cause) {
    future.fail(cause);
  }

  /** Fails a call that cannot be sent now; it may have been sent over the connection before. */
  void failUnsendable(RuntimeException cause) {
    future.fail(
        timesSent == 0
            ? cause
            : new ConnectionLostException(
                "the connection broke before an answer to "
                    + request
                    + ", which may be in force; it cannot be sent again: "
                    + cause.getMessage(),
                cause));
  }

  /** Fails the call; with why there was no connection last, unless that is null. */
  void failByDeadline(ConnectionLostException lastLoss) {
    boolean sent = timesSent > 0;
    String message =
        sent
            ? "the deadline passed without an answer to " + request
            : "the deadline passed before " + request + " could be sent; it was never sent";
    future.fail(
        new DeadlineExceededException(
            lastLoss == null
                ? message
                : message + "; the connection failed last with: " + lastLoss.getMessage(),
            sent,
            lastLoss));
  }

  /** What is asked for. */
  @Override
  public String toString() {
    return String.valueOf(request);
  }

  /**
   * Tells when its caller ends it, by cancelling it or by a timeout of his own: the call then holds
   * a place in the window for nobody.
   */
  private static final class CallersFuture<R> extends CompletableFuture<R> {
    private final Runnable onEnded;

    CallersFuture(Runnable onEnded) {
      this.onEnded = onEnded;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return told(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(R value) {
      return told(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
      return told(super.completeExceptionally(cause));
    }

    void answer(R result) {
      super.complete(result);
    }

    void fail(RuntimeException cause) {
      super.completeExceptionally(cause);
    }

    private boolean told(boolean ended) {
      if (ended) {
        onEnded.run();
      }
      return ended;
    }
  }
}
