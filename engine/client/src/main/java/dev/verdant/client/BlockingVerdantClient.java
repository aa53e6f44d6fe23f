package dev.verdant.client;

import dev.verdant.client.request.AccountFilter;
import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.IssueRequest;
import dev.verdant.client.request.OpenAccountRequest;
import dev.verdant.client.request.OrderRequest;
import dev.verdant.client.request.PayoutRequest;
import dev.verdant.client.request.Query;
import dev.verdant.client.request.RedeemCoinsRequest;
import dev.verdant.client.request.RefundRequest;
import dev.verdant.client.request.ReleaseRequest;
import dev.verdant.client.request.ReleaseReserveRequest;
import dev.verdant.client.request.Request;
import dev.verdant.client.request.SettleChannelRequest;
import dev.verdant.client.request.TransactionId;
import dev.verdant.client.request.UpdateAccountRequest;
import dev.verdant.client.request.View;
import dev.verdant.client.result.AccountQueryResult;
import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.AccountState;
import dev.verdant.client.result.AccountsQueryResult;
import dev.verdant.client.result.CommandResult;
import dev.verdant.client.result.DigestResult;
import dev.verdant.client.result.OrderQueryResult;
import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.PingResult;
import dev.verdant.client.result.PoolsQueryResult;
import dev.verdant.client.result.ReleaseResult;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.ScanResult;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.client.result.SettlementResult;
import dev.verdant.client.result.SnapshotProgressResult;
import dev.verdant.client.result.TakeSnapshotResult;
import dev.verdant.client.result.TrialBalanceResult;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * A client that waits for each answer, at most until the deadline. It throws what the futures of
 * {@link VerdantClient} fail with; a rejection is a result. On the client's own thread, where a
 * wait would have no end, it throws {@link IllegalStateException}.
 *
 * <p>Thread-safe: threads share the connection and do not wait for each other. It belongs to its
 * {@link VerdantClient}, which is what to close.
 */
public final class BlockingVerdantClient {
  private final VerdantClient client;

  BlockingVerdantClient(VerdantClient client) {
    this.client = client;
  }

  /** Sends a request and waits for the answer, with the deadline of the configuration. */
  public <R extends Result> R call(Request<R> request) {
    requireOtherThread();
    return await(client.call(request));
  }

  /** Sends a request and waits for the answer, no longer than the given time. */
  public <R extends Result> R call(Request<R> request, Duration timeout) {
    requireOtherThread();
    return await(client.call(request, timeout));
  }

  /** Changes the program. */
  public CommandResult configure(ConfigureRequest request) {
    return call(request);
  }

  /** Opens an account. */
  public AccountResult openAccount(OpenAccountRequest request) {
    return call(request);
  }

  /** Changes an account. */
  public AccountResult updateAccount(UpdateAccountRequest request) {
    return call(request);
  }

  /** Books an order. */
  public OrderResult order(OrderRequest request) {
    return call(request);
  }

  /** Gives back part or all of an order. */
  public OrderResult refund(RefundRequest request) {
    return call(request);
  }

  /** Issues points. */
  public AccountResult issue(IssueRequest request) {
    return call(request);
  }

  /** Spends coins. */
  public AccountResult redeemCoins(RedeemCoinsRequest request) {
    return call(request);
  }

  /** Pays a balance out. */
  public AccountResult payout(PayoutRequest request) {
    return call(request);
  }

  /** Makes a merchant's reserve payable. */
  public AccountResult releaseReserve(ReleaseReserveRequest request) {
    return call(request);
  }

  /** Books what a channel has paid. */
  public SettlementResult settleChannel(SettleChannelRequest request) {
    return call(request);
  }

  /** Runs a pool's release. */
  public ReleaseResult release(ReleaseRequest request) {
    return call(request);
  }

  /** Asks for nothing but an answer. */
  public PingResult ping() {
    return call(new Query.Ping());
  }

  /** Reads an account. */
  public AccountQueryResult account(long account) {
    return call(new Query.Account(account));
  }

  /** Reads a page of accounts, in ascending order of id from the given one on. */
  public AccountsQueryResult accounts(long fromAccount, int maxAccounts) {
    return call(new Query.Accounts(fromAccount, maxAccounts));
  }

  /**
   * Reads all accounts wanted in ascending order of id, page by page, as one consistent view; each
   * page within the deadline. The scans of one client run one after the other.
   *
   * @param fromAccount smallest id wanted.
   * @param view to read; afterwards {@link View#of} its sequence, if it is to be kept.
   * @param onAccount takes each account on the caller's thread.
   */
  public ScanResult scanAccounts(
      long fromAccount, AccountFilter filter, View view, Consumer<? super AccountState> onAccount) {
    requireOtherThread();
    AccountScan scan = new AccountScan(fromAccount, filter, view, onAccount);
    CompletableFuture<Void> end = new CompletableFuture<>();
    try {
      await(client.scans().begin(end));
      boolean more = true;
      while (more) {
        more = scan.onPage(call(scan.next()));
      }
      return scan.result();
    } finally {
      end.complete(null);
    }
  }

  /** Reads an order's record. */
  public OrderQueryResult order(TransactionId id) {
    return call(new Query.Order(id));
  }

  /** Reads all pools. */
  public PoolsQueryResult pools() {
    return call(new Query.Pools());
  }

  /** Reads the books. */
  public TrialBalanceResult trialBalance() {
    return trialBalance(View.now());
  }

  /** Reads the books from a view. */
  public TrialBalanceResult trialBalance(View view) {
    return call(new Query.TrialBalance(view));
  }

  /** Reads the digest of the whole state. */
  public DigestResult digest() {
    return digest(View.now());
  }

  /** Reads the digest from a view. */
  public DigestResult digest(View view) {
    return call(new Query.Digest(view));
  }

  /** Reads how far the ledger has come. */
  public SequenceResult sequence() {
    return call(new Query.Sequence());
  }

  /**
   * Begins a snapshot to disk that holds every command of this client answered so far, and does not
   * wait for its end: {@link #snapshotProgress} tells.
   */
  public TakeSnapshotResult takeSnapshot() {
    return call(new Query.TakeSnapshot());
  }

  /** Reads what has become of the snapshots to disk. */
  public SnapshotProgressResult snapshotProgress() {
    return call(new Query.SnapshotProgress());
  }

  private void requireOtherThread() {
    if (client.isOwnThread()) {
      throw new IllegalStateException("the client's own thread cannot wait for an answer");
    }
  }

  private static <R> R await(CompletableFuture<R> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for an answer");
    }
  }
}
