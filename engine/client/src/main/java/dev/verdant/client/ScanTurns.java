package dev.verdant.client;

import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.ScanResult;
import dev.verdant.protocol.codec.Status;
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
  private CompletableFuture<Void> lastEnd = CompletableFuture.completedFuture(null);

  ScanTurns(VerdantClient client) {
    this.client = client;
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
    if (!result.isDone()) {
      client.call(scan.next()).whenComplete((page, failure) -> take(scan, page, failure, result));
    }
  }

  private void take(
      AccountScan scan,
      AccountsQueryResult page,
      Throwable failure,
      CompletableFuture<ScanResult> result) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (page.status() == Status.BUSY) {
      // The client's own thread does not wait for room in the window.
      LATER.execute(() -> ask(scan, result));
    } else {
      goOn(scan, page, result);
    }
  }

  private void goOn(
      AccountScan scan, AccountsQueryResult page, CompletableFuture<ScanResult> result) {
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
