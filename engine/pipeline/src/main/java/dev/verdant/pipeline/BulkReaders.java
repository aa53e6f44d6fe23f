package dev.verdant.pipeline;

import dev.verdant.memory.CutAbandonedException;
import dev.verdant.memory.ReaderPace;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.Status;
import dev.verdant.thread.BackgroundThread;
import dev.verdant.thread.EngineThreads;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * The threads that answer bulk queries, each from its view, while commands go on. There are few of
 * them, and they run in the background: readers wait for each other, never a command for a reader.
 *
 * <p>A connection has at most one query here, so what waits is bounded by the connections. A view
 * that nobody goes on with is closed after the idle time, by a thread that reads nothing: the
 * longer readers take, the more a view costs.
 */
final class BulkReaders {
  private static final System.Logger LOGGER = System.getLogger(BulkReaders.class.getName());

  private static final int THREADS = 2;

  /** Length of no reply: the view is gone, or has failed. */
  private static final int GONE = 0;

  /** Looks for idle views within an idle time. */
  private static final int LOOKS = 4;

  private final NanoClock clock;
  private final long idleNanos;
  private final ThreadPoolExecutor executor;
  private final ScheduledThreadPoolExecutor idleLooks;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong gone = new AtomicLong();

  /** One for each connection. */
  private final Set<HeldView> holders = ConcurrentHashMap.newKeySet();

  private final ReaderPace pace;

  private volatile boolean closing;

  /**
   * Creates the readers; {@link #start} them.
   *
   * @param idle after which a view that a connection does not go on with is closed.
   * @param pace at which they read.
   */
  BulkReaders(Duration idle, NanoClock clock, ReaderPace pace) {
    this.clock = clock;
    this.pace = new UntilClosed(pace);
    this.idleNanos = TimeUnit.NANOSECONDS.convert(idle);
    this.executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            work -> newThread(work, "verdant-reader-" + threads.size()));
    this.idleLooks = new ScheduledThreadPoolExecutor(1, work -> newThread(work, "verdant-views"));
  }

  /** Ends what is being read once the readers close. */
  private final class UntilClosed implements ReaderPace {
    private final ReaderPace pace;

    UntilClosed(ReaderPace pace) {
      this.pace = pace;
    }

    @Override
    public void afterCopies() {
      pace.afterCopies();
      if (closing) {
        throw new ReadersClosedException();
      }
    }

    @Override
    public void afterAbandoned() {
      pace.afterAbandoned();
    }
  }

  private static final class ReadersClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Thread newThread(Runnable work, String name) {
    final Thread thread = new BackgroundThread(work, name);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /**
   * Starts all threads, so that a system that gives no more of them is a failed start, not a failed
   * engine.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // a look catches what it throws
  void start() {
    executor.prestartAllCoreThreads();
    final long everyNanos = Math.max(1, idleNanos / LOOKS);
    idleLooks.scheduleWithFixedDelay(this::dropIdle, everyNanos, everyNanos, TimeUnit.NANOSECONDS);
  }

  /** A connection may hold views from now on; any thread. */
  void register(HeldView holder) {
    holders.add(holder);
  }

  /** A connection holds no views any more; any thread. */
  void unregister(HeldView holder) {
    holder.close();
    holders.remove(holder);
  }

  /** Bulk queries answered; any thread. */
  long answered() {
    return answered.get();
  }

  /** Bulk queries whose view was gone; any thread. */
  long gone() {
    return gone.get();
  }

  /** Reply stage: takes over a query and the writer's side of its reply ring. */
  void takeOver(BulkRead read) {
    executor.execute(() -> answer(read));
  }

  private void answer(BulkRead read) {
    if (closing) {
      read.discard();
      read.answer(refusal(read, Status.SHUTTING_DOWN));
      return;
    }
    int length = GONE;
    try {
      length = reply(read);
    } catch (ReadersClosedException e) {
      read.answer(refusal(read, Status.SHUTTING_DOWN));
      return;
    } catch (RuntimeException | Error e) {
      // Costs this query, and must not cost its connection the answer: it would wait for good.
      tell("a bulk query failed", e);
    }
    (length == GONE ? gone : answered).incrementAndGet();
    read.answer(length == GONE ? refusal(read, Status.VIEW_GONE) : length);
  }

  /** Writes the reply; returns its length. */
  private int reply(BulkRead read) {
    final BulkQuery terms = new BulkQuery().wrap(read.query(), 0);
    final AgedSnapshot view = viewFor(read, terms);
    if (view == null) {
      return GONE;
    }
    boolean goesOn = false;
    try {
      final int length = query(view, read);
      final ReplyRing replies = read.replies();
      goesOn = terms.keepsView() || BulkQuery.hasMore(replies.buffer(), replies.messageOffset());
      return length;
    } catch (CutAbandonedException e) {
      return GONE;
    } finally {
      putBack(view, read.replies().heldView(), goesOn);
    }
  }

  /** The view to answer from, null if it is gone. */
  private static AgedSnapshot viewFor(BulkRead read, BulkQuery terms) {
    final AgedSnapshot newView = read.takeNewView();
    return newView == null ? read.replies().heldView().take(terms.view()) : newView;
  }

  private int query(AgedSnapshot view, BulkRead read) {
    final MutableDirectBuffer buffer = read.replies().buffer();
    final int offset = read.replies().messageOffset();
    final DirectBuffer query = read.query();
    final int length =
        view.snapshot().atPace(pace).query(query, 0, query.capacity(), buffer, offset);
    final long ageNanos = Math.max(0, clock.nanoTime() - view.asOfNanos());
    BulkQuery.putAgeMillis(buffer, offset, TimeUnit.NANOSECONDS.toMillis(ageNanos));
    return length;
  }

  private void putBack(AgedSnapshot view, HeldView holder, boolean goesOn) {
    if (goesOn) {
      holder.keep(view, clock.nanoTime());
    } else {
      view.snapshot().close();
    }
  }

  private static int refusal(BulkRead read, Status status) {
    final ReplyRing replies = read.replies();
    final long correlationId = Frame.correlationId(read.query(), 0);
    return new ErrorReplies()
        .encode(replies.buffer(), replies.messageOffset(), correlationId, status);
  }

  private void dropIdle() {
    try {
      final long nowNanos = clock.nanoTime();
      holders.forEach(holder -> holder.dropIdle(nowNanos, idleNanos));
    } catch (RuntimeException | Error e) {
      // The executor would never look again.
      tell("cannot close idle views", e);
    }
  }

  private static void tell(String what, Throwable cause) {
    try {
      LOGGER.log(System.Logger.Level.ERROR, what, cause);
    } catch (RuntimeException | Error e) {
      // Nor is there memory for the line, or room: no reason to leave the rest undone.
    }
  }

  /**
   * Ends the threads: what is being read is given up, which may take seconds to read, and refused
   * as what waits; every view that a connection holds is closed. No stage may hand over anything
   * any more.
   *
   * @return whether the caller was interrupted meanwhile.
   */
  boolean close() {
    closing = true;
    executor.shutdown();
    idleLooks.shutdown();
    boolean interrupted = false;
    for (final Thread thread : threads) {
      interrupted |= EngineThreads.join(thread);
    }
    holders.forEach(HeldView::close);
    return interrupted;
  }
}
