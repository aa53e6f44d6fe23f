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
import dev.verdant.client.result.Reply;
import dev.verdant.client.result.Result;
import dev.verdant.client.result.ScanResult;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.client.result.SettlementResult;
import dev.verdant.client.result.SnapshotProgressResult;
import dev.verdant.client.result.TakeSnapshotResult;
import dev.verdant.client.result.TrialBalanceResult;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An asynchronous client of one ledger. Calls return at once, travel together, and are answered in
 * order; one thread of the client's own does the talking.
 *
 * <p>The JVM must be started with {@code --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED}:
 * Agrona, whose buffers the client uses, needs it.
 *
 * <p>A future completes with the ledger's answer, a rejection included ({@link Result#status}). It
 * fails only where there is none:
 *
 * <ul>
 *   <li>{@link DeadlineExceededException}: none in time;
 *   <li>{@link ConnectionLostException}: the connection broke, and the client may not or cannot
 *       come back, or not send the call again;
 *   <li>{@link HandshakeException}: the connection broke, and no server takes the client back;
 *   <li>{@link EngineFailedException}: the engine stopped before it could acknowledge;
 *   <li>{@link ClientClosedException}: this client was closed first;
 *   <li>{@link CancellationException}: the caller cancelled it, or was interrupted as it waited for
 *       room;
 *   <li>{@link IllegalArgumentException}: the request is too long to be sent, and was never sent.
 * </ul>
 *
 * After each but the last, sending a command again with the same transaction id is safe. After a
 * broken connection the client does so itself ({@link ClientConfig#resendOnReconnect}).
 *
 * <p>Thread-safe; the calls of one thread keep their order. What a caller hangs on a future runs on
 * the client's thread, or at once on his own where the answer is there already, and must not block:
 * use the {@code ...Async} variants for more than a few microseconds of work. Calls made on the
 * client's thread never wait for room, but are answered {@code BUSY}.
 */
public final class VerdantClient implements AutoCloseable {
  private final ClientConfig config;
  private final Semaphore window;
  private final ClientLoop loop;

  /** The same for every call: nothing is allocated for it. */
  private final Runnable onEnded;

  private final ScanTurns scans;
  private final Thread thread;
  private volatile boolean closed;

  private VerdantClient(ClientConfig config) {
    this(
        config,
        window -> new ClientLoop(config, window),
        loop -> new Thread(loop, config.threadName()));
  }

  /**
   * A client that is not started.
   *
   * @param config concluded.
   * @param loops makes the loop for the window.
   * @param threads makes its thread.
   */
  VerdantClient(ClientConfig config, Function<Semaphore, ClientLoop> loops, ThreadFactory threads) {
    this.config = config;
    this.window = new Semaphore(config.maxInFlight());
    this.loop = loops.apply(window);
    this.onEnded = loop::onEnded;
    this.thread = threads.newThread(loop);
    this.scans = new ScanTurns(this, config.requestTimeout());
  }

  /**
   * Connects: one attempt at each endpoint, in order.
   *
   * @param config concluded here.
   * @throws ConnectionLostException if none answers.
   * @throws HandshakeException if every server refuses.
   * @throws IllegalStateException if the JVM lacks its flag.
   */
  public static VerdantClient connect(ClientConfig config) {
    return create(config.conclude()).start();
  }

  /** Starts the client's thread and waits for the first connection. */
  VerdantClient start() {
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      // There is no thread to be had. It would have closed what is open; nobody has called so far.
      loop.close();
      loop.run();
      throw e;
    }
    try {
      server();
      return this;
    } catch (ConnectionLostException | HandshakeException e) {
      close();
      throw e;
    }
  }

  private static VerdantClient create(ClientConfig config) {
    try {
      return new VerdantClient(config);
    } catch (LinkageError e) {
      throw RequiredFlag.explain(e);
    }
  }

  /** What the server said of itself when the client first connected. */
  public ServerInfo server() {
    try {
      return loop.connected().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The same client, one answer at a time. */
  public BlockingVerdantClient blocking() {
    return new BlockingVerdantClient(this);
  }

  /** Sends a request, with the deadline of the configuration. */
  public <R extends Result> CompletableFuture<R> call(Request<R> request) {
    return call(request, config.requestTimeout());
  }

  /** Sends a request, to be answered within the given time. */
  public <R extends Result> CompletableFuture<R> call(Request<R> request, Duration timeout) {
    Call<R> call = newCall(request, timeout);
    submit(call, true);
    return call.future();
  }

  /**
   * Sends a request as {@link #call(Request, Duration)} does, and takes the answer of the server on
   * the client's thread: who hangs something on a call that has been sent may be too late for that.
   *
   * @param mayWait for room in the window; otherwise it is answered {@code BUSY} where there is
   *     none.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // then is told of every failure
  <R extends Result> void call(
      Request<R> request,
      Duration timeout,
      boolean mayWait,
      BiConsumer<? super R, ? super Throwable> then) {
    Call<R> call = newCall(request, timeout);
    call.future().whenComplete(then);
    submit(call, mayWait);
  }

  /** Without a place in the window: where there is no memory for the call, none is lost. */
  private <R extends Result> Call<R> newCall(Request<R> request, Duration timeout) {
    return new Call<>(request, System.nanoTime() + Nanos.of(timeout), onEnded);
  }

  /** Sends a call, or completes one that gets no place in the window. */
  private void submit(Call<?> call, boolean mayWait) {
    if (hasEntered(call, mayWait)) {
      loop.submit(call);
    }
  }

  private boolean hasEntered(Call<?> call, boolean mayWait) {
    if (closed) {
      call.fail(new ClientClosedException("the client is closed"));
      return false;
    }
    if (window.tryAcquire()) {
      return true;
    }
    if (!mayWait || config.backPressure() == BackPressure.FAIL_FAST || isOwnThread()) {
      call.read(busy());
      call.complete();
      return false;
    }
    try {
      if (window.tryAcquire(call.deadlineNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return true;
      }
      call.fail(
          new DeadlineExceededException(
              "the deadline passed while waiting for room; it was never sent: " + call, false));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.fail(new CancellationException("interrupted while waiting for room; it was never sent"));
    }
    return false;
  }

  /** Changes the program. */
  public CompletableFuture<CommandResult> configure(ConfigureRequest request) {
    return call(request);
  }

  /** Opens an account. */
  public CompletableFuture<AccountResult> openAccount(OpenAccountRequest request) {
    return call(request);
  }

  /** Changes an account. */
  public CompletableFuture<AccountResult> updateAccount(UpdateAccountRequest request) {
    return call(request);
  }

  /** Books an order. */
  public CompletableFuture<OrderResult> order(OrderRequest request) {
    return call(request);
  }

  /** Gives back part or all of an order. */
  public CompletableFuture<OrderResult> refund(RefundRequest request) {
    return call(request);
  }

  /** Issues points. */
  public CompletableFuture<AccountResult> issue(IssueRequest request) {
    return call(request);
  }

  /** Spends coins. */
  public CompletableFuture<AccountResult> redeemCoins(RedeemCoinsRequest request) {
    return call(request);
  }

  /** Pays a balance out. */
  public CompletableFuture<AccountResult> payout(PayoutRequest request) {
    return call(request);
  }

  /** Makes a merchant's reserve payable. */
  public CompletableFuture<AccountResult> releaseReserve(ReleaseReserveRequest request) {
    return call(request);
  }

  /** Books what a channel has paid. */
  public CompletableFuture<SettlementResult> settleChannel(SettleChannelRequest request) {
    return call(request);
  }

  /** Runs a pool's release. */
  public CompletableFuture<ReleaseResult> release(ReleaseRequest request) {
    return call(request);
  }

  /** Asks for nothing but an answer. */
  public CompletableFuture<PingResult> ping() {
    return call(new Query.Ping());
  }

  /** Reads an account. */
  public CompletableFuture<AccountQueryResult> account(long account) {
    return call(new Query.Account(account));
  }

  /** Reads a page of accounts, in ascending order of id from the given one on. */
  public CompletableFuture<AccountsQueryResult> accounts(long fromAccount, int maxAccounts) {
    return call(new Query.Accounts(fromAccount, maxAccounts));
  }

  /**
   * Reads all accounts wanted in ascending order of id, page by page, as one consistent view; each
   * page within the deadline of the configuration, the wait for room included. The scans of one
   * client run one after the other. One that its caller ends, by cancelling it or by a timeout of
   * his own, hands over no page more.
   *
   * @param fromAccount smallest id wanted.
   * @param view to read; afterwards {@link View#of} its sequence, if it is to be kept.
   * @param onAccount takes each account on the client's thread.
   */
  public CompletableFuture<ScanResult> scanAccounts(
      long fromAccount, AccountFilter filter, View view, Consumer<? super AccountState> onAccount) {
    return scans.run(new AccountScan(fromAccount, filter, view, onAccount));
  }

  /** Reads an order's record. */
  public CompletableFuture<OrderQueryResult> order(TransactionId id) {
    return call(new Query.Order(id));
  }

  /** Reads all pools. */
  public CompletableFuture<PoolsQueryResult> pools() {
    return call(new Query.Pools());
  }

  /** Reads the books. */
  public CompletableFuture<TrialBalanceResult> trialBalance() {
    return trialBalance(View.now());
  }

  /** Reads the books from a view. */
  public CompletableFuture<TrialBalanceResult> trialBalance(View view) {
    return call(new Query.TrialBalance(view));
  }

  /** Reads the digest of the whole state. */
  public CompletableFuture<DigestResult> digest() {
    return digest(View.now());
  }

  /** Reads the digest from a view. */
  public CompletableFuture<DigestResult> digest(View view) {
    return call(new Query.Digest(view));
  }

  /** Reads how far the ledger has come. */
  public CompletableFuture<SequenceResult> sequence() {
    return call(new Query.Sequence());
  }

  /**
   * Begins a snapshot to disk that holds every command of this client answered so far; {@link
   * #snapshotProgress} tells when it has ended.
   */
  public CompletableFuture<TakeSnapshotResult> takeSnapshot() {
    return call(new Query.TakeSnapshot());
  }

  /** Reads what has become of the snapshots to disk. */
  public CompletableFuture<SnapshotProgressResult> snapshotProgress() {
    return call(new Query.SnapshotProgress());
  }

  /**
   * Takes no more calls, waits for the answers to those made ({@link ClientConfig#drainTimeout}),
   * fails the rest, and ends the client's thread. On that thread itself it does not wait.
   */
  @Override
  public void close() {
    closed = true;
    loop.close();
    if (!isOwnThread()) {
      join();
    }
  }

  ScanTurns scans() {
    return scans;
  }

  boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply busy() {
    return Reply.local(Status.BUSY, config.maxInFlight() + " calls of this client are unanswered");
  }
}
