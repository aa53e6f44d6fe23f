package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.thread.BackgroundThread;
import dev.verdant.thread.EngineThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds a ledger's memory ahead of its growth and of its snapshots, on a thread in the background,
 * so that the one that applies commands seldom waits for the system to look for pages.
 */
public final class MemoryFinder implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(MemoryFinder.class.getName());

  /** Within it a ledger takes some megabytes, less than is kept ahead of it. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Ledger ledger;
  private final Thread thread = new BackgroundThread(this::run, "verdant-memory");
  private volatile boolean closed;

  /** A finder that has not begun. */
  MemoryFinder(Ledger ledger) {
    this.ledger = ledger;
    thread.setDaemon(true);
  }

  /**
   * Starts to find memory.
   *
   * @param ledger to be closed after the finder.
   */
  public static MemoryFinder start(Ledger ledger) {
    final MemoryFinder finder = new MemoryFinder(ledger);
    finder.start();
    return finder;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        if (!ledger.findMemoryAhead()) {
          LockSupport.parkNanos(POLL_NANOS);
        }
      }
    } catch (OutOfMemoryError e) {
      LOGGER.log(System.Logger.Level.WARNING, "no memory is found ahead any more", e);
    }
  }

  /** Ends the thread: at once but for the megabytes that it is looking for. */
  @Override
  public void close() {
    if (stop()) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same; returns whether the caller was interrupted meanwhile. */
  boolean stop() {
    closed = true;
    LockSupport.unpark(thread);
    return EngineThreads.join(thread);
  }
}
