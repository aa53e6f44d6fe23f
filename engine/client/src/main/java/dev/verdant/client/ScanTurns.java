package dev.verdant.client;

import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.ScanResult;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
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
    begin(result).thenRun(() -> ask(scan, result));
    return result;
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

  private void ask(AccountScan scan, CompletableFuture<ScanResult> result) {
    ask(scan, System.nanoTime() + pageTimeoutNanos, result);
  }

  private void ask(AccountScan scan, long deadlineNanos, CompletableFuture<ScanResult> result) {
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
        (page, failure) -> take(scan, deadlineNanos, page, failure, result));
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
      // Nobody has waited for room in the window: not the client's own thread, nor with FAIL_FAST.
      LATER.execute(() -> ask(scan, deadlineNanos, result));
    } else {
      goOn(scan, page, result);
    }
  }

  private void goOn(
      AccountScan scan, AccountsQueryResult page, CompletableFuture<ScanResult> result) {
    if (result.isDone()) {
      return;
    }
    try {
      if (scan.onPage(page)) {
        ask(scan, result);
      } else {
        result.complete(scan.result());
      }
    } catch (Throwable e) {
      // An error of the caller's ends its scan like an exception: the next waits for that end.
      result.completeExceptionally(e);
    }
  }
}
