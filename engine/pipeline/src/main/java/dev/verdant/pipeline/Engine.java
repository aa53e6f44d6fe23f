package dev.verdant.pipeline;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.thread.BackgroundThread;
import dev.verdant.thread.EngineThreads;
import dev.verdant.thread.ThreadPriority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The running way of a command: ring, journal, ledger, replies. The ledger and the journal come
 * from outside, stay the caller's to close, and belong to the engine's threads until {@link
 * #close}.
 *
 * <p>Safe from any thread. A stage's exception makes the engine fail: from then on every request is
 * answered ENGINE_FAILED, those in flight first, and the failure listener is told.
 */
public final class Engine implements AutoCloseable {
  private final EngineContext context;
  private final SessionTerms terms;
  private final EngineState state = new EngineState();
  private final EngineCounters counters = new EngineCounters();
  private final RequestRing ring;
  private final JournalStage journalStage;
  private final LedgerStage ledgerStage;
  private final BulkReaders readers;
  private final StageChain stages;
  private final MemoryFinder memoryFinder;
  private final CopyOnWriteArrayList<InProcessConnection> connections =
      new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  private Engine(EngineContext context) {
    this.context = context;
    this.terms = new SessionTerms(context.clockMode(), context.durability(), context.maxInFlight());
    this.ring = new RequestRing(context.ringSize(), new Doorbell(context.idleMode()));
    journalStage = new JournalStage(ring, context, state, counters);
    final ReplyTurn turn = new ReplyTurn(state);
    final SnapshotRequests requests = new SnapshotRequests(context.diskSnapshots());
    ledgerStage = new LedgerStage(ring, context, state, counters, turn, requests);
    readers =
        new BulkReaders(
            context.viewIdleTimeout(), context.nanoClock(), BackgroundThread.READER_PACE);
    stages = new StageChain(links(turn), ring, context, state);
    memoryFinder = new MemoryFinder(context.ledger());
  }

  private List<StageChain.Link> links(ReplyTurn turn) {
    final StageChain.Link journal = link(EngineThreads.JOURNAL, journalStage);
    final Stage reply = new ReplyStage(ring, readers, counters);
    if (context.durability() == Durability.SYNCED) {
      final Stage commit = new CommitStage(ring, context, state, counters, turn);
      return List.of(journal, ledger(ledgerStage), link(EngineThreads.REPLY, commit, reply));
    }
    return context.wiring() == Wiring.SPREAD
        ? List.of(journal, ledger(ledgerStage), link(EngineThreads.REPLY, reply))
        : List.of(journal, ledger(ledgerStage, reply));
  }

  private static StageChain.Link ledger(Stage... stages) {
    return new StageChain.Link(EngineThreads.LEDGER, ThreadPriority.LEDGER, List.of(stages));
  }

  private static StageChain.Link link(String threadName, Stage... stages) {
    return new StageChain.Link(threadName, ThreadPriority.NORMAL, List.of(stages));
  }

  /**
   * Starts an engine.
   *
   * @throws IllegalArgumentException if an option is missing or out of range.
   * @throws OutOfMemoryError if the system gives no more threads; none is left behind.
   */
  public static Engine launch(EngineContext context) {
    final Engine engine = new Engine(context.conclude());
    try {
      engine.start();
      return engine;
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private void start() {
    memoryFinder.start();
    readers.start();
    stages.start();
  }

  /** Opens a connection within this process; several may be open. */
  public MessageConnection connect() {
    final InProcessConnection connection = new InProcessConnection(this, newReplyRing(() -> {}));
    connections.add(connection);
    return connection;
  }

  /** What the engine has done so far. */
  public EngineCounters counters() {
    return counters;
  }

  /** Bulk queries answered from a view. */
  public long bulkReads() {
    return readers.answered();
  }

  /** Bulk queries that could not be answered since their view was gone. */
  public long bulkReadsWithoutView() {
    return readers.gone();
  }

  /** Snapshots of the ledger that are open, those of bulk queries included. */
  public int openSnapshots() {
    return context.ledger().openSnapshots();
  }

  /** Snapshots of the ledger that were dropped without being closed, so far. */
  public long leakedSnapshots() {
    return context.ledger().leakedSnapshots();
  }

  /** What made the engine fail, null while it has not. */
  public Throwable failure() {
    return state.failure();
  }

  /** Whether the journal has room for more; while not, commands are answered OUT_OF_SPACE. */
  public boolean hasSpace() {
    return context.journal().hasSpace();
  }

  /** Takes no more commands and queries, which are answered SHUTTING_DOWN; sessions go on. */
  public void drain() {
    state.drain();
  }

  /** Makes the engine fail, for a cause outside its stages; the listener is told on this thread. */
  public void fail(Throwable cause) {
    if (state.fail(cause)) {
      context.failureListener().onFailure(cause);
    }
  }

  /**
   * Opens a snapshot of the ledger, between two commands; any thread, idle or busy. While commands
   * go on it costs them the pages that they change, up to the ledger's limit.
   *
   * @param maxAge since when the snapshot may not have been the newest state: the longer, the more
   *     readers share one. With zero it holds every command answered before the call.
   * @return a snapshot for one thread, which must close it. Completes on a thread of the engine or
   *     at once: hang nothing on it but by the {@code ...Async} variants. Cancelled, it gives the
   *     snapshot back. Fails with an {@link IllegalStateException} once the engine has failed or
   *     closes.
   * @throws IllegalArgumentException if the age is negative.
   */
  public CompletableFuture<LedgerSnapshot> openSnapshot(Duration maxAge) {
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("a snapshot's age of " + maxAge);
    }
    return ledgerStage.snapshots().ask(TimeUnit.NANOSECONDS.convert(maxAge));
  }

  /**
   * Lets the journal's next batch begin a new file ({@link Journal#roll}); any thread, idle or
   * busy. Done on the journal stage's thread between two batches, which wait as long as a force
   * takes.
   *
   * @return sequence of the last command in the older files. Completes on a thread of the engine:
   *     hang nothing on it but by the {@code ...Async} variants. Fails with a {@link
   *     JournalException}, as does the engine, if the disk did not take it; with an {@link
   *     IllegalStateException} once the engine has failed or closes.
   */
  public CompletableFuture<Long> rollJournal() {
    return journalStage.roll();
  }

  /** What a connection is promised. */
  SessionTerms terms() {
    return terms;
  }

  /** The ring, for whoever brings requests from outside; must bring no more once closing begins. */
  public RequestRing ring() {
    return ring;
  }

  /**
   * Sees to it that requests published quietly ({@link RequestRing#publishQuietly}) go on: while
   * the engine's threads may sleep, journaled on the caller's thread, and answered there too where
   * they are few; so it may take as long as the journal does. Otherwise they are woken. A cheap
   * look where there is nothing to do.
   */
  public void carryOn() {
    stages.carryOn();
  }

  /** A writer of requests for one producer thread. */
  public RequestWriter newRequestWriter() {
    return new RequestWriter(terms, state);
  }

  /** The replies of a new connection; {@code onPublished} must not block. */
  public ReplyRing newReplyRing(Runnable onPublished) {
    final ReplyRing replies =
        new ReplyRing(ReplyRing.MIN_CAPACITY, context.maxInFlight(), onPublished);
    readers.register(replies.heldView());
    return replies;
  }

  /** What the engine's idle threads do. */
  public IdleMode idleMode() {
    return context.idleMode();
  }

  /** Whether a thread is one of the engine's own, which must not wait for its own end. */
  public boolean isStageThread(Thread thread) {
    return stages.contains(thread);
  }

  boolean isClosed() {
    return state.isClosed();
  }

  /** Whether it was closed and no request will be answered any more. */
  boolean hasEnded() {
    return ended;
  }

  void remove(InProcessConnection connection, ReplyRing replies) {
    connections.remove(connection);
    readers.unregister(replies.heldView());
  }

  /**
   * Answers every request taken, forces the journal, and ends the threads. Returns when that is
   * done; called from a stage (by a failure listener) it returns at once and goes on by itself.
   */
  @Override
  public void close() {
    if (isStageThread(Thread.currentThread())) {
      new Thread(this::close, "verdant-close").start();
      return;
    }
    state.close();
    for (final InProcessConnection connection : connections) {
      while (connection.isOffering()) {
        Thread.onSpinWait();
      }
    }
    boolean interrupted = stages.close();
    interrupted |= readers.close();
    interrupted |= memoryFinder.stop();
    journalStage.refuseErrands();
    ledgerStage.refuseErrands();
    ended = true;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
