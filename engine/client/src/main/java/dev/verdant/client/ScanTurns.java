package dev.verdant.client;

import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.ScanResult;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the scans of one client, one after the other: the server keeps one view for a connection.
 * Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a scan's own result tells of every failure
final class ScanTurns {
  private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);

  /** Of a thread that starts a scan: the starts of those whose turn has come meanwhile. */
  private static final ThreadLocal<Queue<Runnable>> DUE = new ThreadLocal<>();

  private final VerdantClient client;
  private final long pageTimeoutNanos;
  private CompletableFuture<Void> lastEnd = CompletableFuture.completedFuture(null);

  /**
   * No scan so far.
   *
   * @param pageTimeout within which each page is to come, the wait for room included.
   */
  ScanTurns(VerdantClient client, Duration pageTimeout) {
    this.client = client;
    this.pageTimeoutNanos = Nanos.of(pageTimeout);
  }

  /** Runs a scan when those before it have ended; its accounts are taken on the client's thread. */
  CompletableFuture<ScanResult> run(AccountScan scan) {
    final CompletableFuture<ScanResult> result = new CompletableFuture<>();
    begin(result).thenRun(() -> start(() -> step(result, () -> ask(scan, result))));
    return result;
  }

  /**
   * Starts a scan; not within the start of another that fails at once and so ends. A client that is
   * closed ends all that wait, and each would stand on the stack of the one before.
   */
  private void start(Runnable first) {
    Queue<Runnable> others = DUE.get();
    if (others != null) {
      others.add(first);
      return;
    }
    others = new ArrayDeque<>();
    DUE.set(others);
    try {
      for (Runnable next = first; next != null; next = others.poll()) {
        next.run();
      }
    } finally {
      DUE.remove();
    }
  }

  /**
   * Does what comes next of a scan. An error, of the caller's or for want of memory or a thread,
   * ends its scan like an exception: nobody else would tell, and the next waits for that end.
   */
  private static void step(CompletableFuture<ScanResult> result, Runnable next) {
    try {
      next.run();
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * Waits its turn; it lasts until {@code end} completes. A scan may end before its turn has come,
   * and its caller may cancel the wait: the next still waits for those before.
   */
  synchronized CompletableFuture<Void> begin(CompletableFuture<?> end) {
    final CompletableFuture<Void> turn = lastEnd;
    lastEnd = turn.thenCompose(begun -> end.handle((value, failure) -> null));
    return turn.copy();
  }

  /**
   * Does not wait for room: it may be the client's own thread, or that of whoever has ended the
   * scan before, by a timeout for example.
   */
  private void ask(AccountScan scan, CompletableFuture<ScanResult> result) {
    ask(scan, System.nanoTime() + pageTimeoutNanos, false, result);
  }

  private void ask(
      AccountScan scan, long deadlineNanos, boolean mayWait, CompletableFuture<ScanResult> result) {
    if (result.isDone()) {
      return;
    }
    long remainingNanos = deadlineNanos - System.nanoTime();
    if (remainingNanos <= 0) {
      result.completeExceptionally(
          new DeadlineExceededException(
              "the deadline passed while waiting for room; it was never sent: " + scan.next(),
              false));
      return;
    }
    client.call(
        scan.next(),
        Duration.ofNanos(remainingNanos),
        mayWait,
        (page, failure) -> step(result, () -> take(scan, deadlineNanos, page, failure, result)));
  }

  private void take(
      AccountScan scan,
      long deadlineNanos,
      AccountsQueryResult page,
      Throwable failure,
      CompletableFuture<ScanResult> result) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (page.status() == Status.BUSY) {
      // Nobody has waited for room in the window. With FAIL_FAST this thread does not either.
      LATER.execute(() -> step(result, () -> ask(scan, deadlineNanos, true, result)));
    } else {
      goOn(scan, page, result);
    }
  }

  private void goOn(
      AccountScan scan, AccountsQueryResult page, CompletableFuture<ScanResult> result) {
    if (result.isDone()) {
      return;
    }
    if (scan.onPage(page)) {
      ask(scan, result);
    } else {
      result.complete(scan.result());
    }
  }
}
