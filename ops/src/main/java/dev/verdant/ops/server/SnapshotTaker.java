package dev.verdant.ops.server;

import dev.verdant.journal.SnapshotKeeper;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.memory.CutAbandonedException;
import dev.verdant.ops.session.FileFailures;
import dev.verdant.pipeline.Engine;
import dev.verdant.pipeline.snapshot.DiskSnapshots;
import dev.verdant.protocol.codec.SnapshotOutcome;
import dev.verdant.thread.BackgroundThread;
import dev.verdant.thread.EngineThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots to disk while the engine runs, by schedule and when asked, one at a time on a
 * thread of its own. The journal rolls before each, so that its older files can go in time.
 */
final class SnapshotTaker implements DiskSnapshots, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotTaker.class);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final SnapshotKeeper keeper;
  private final SnapshotSchedule schedule;
  private final Thread thread = new BackgroundThread(this::run, "verdant-snapshots");
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Progress progress;
  private volatile long begun;
  private volatile boolean closed;
  private Engine engine;

  /**
   * A taker that has not started.
   *
   * @param newestSequence of the newest snapshot on disk, 0 if there is none.
   */
  SnapshotTaker(SnapshotKeeper keeper, SnapshotSchedule schedule, long newestSequence) {
    this.keeper = keeper;
    this.schedule = schedule;
    this.progress = Progress.none(newestSequence);
  }

  void start(Engine startedEngine) {
    engine = startedEngine;
    thread.start();
  }

  @Override
  public long begin() {
    long number = begun + 1;
    asked.accumulateAndGet(number, Math::max);
    LockSupport.unpark(thread);
    return number;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  /** Snapshots that could not be written. */
  long failures() {
    return failures.get();
  }

  private void run() {
    long lastNanos = System.nanoTime();
    long lastCommands = engine.counters().commands();
    while (!closed && engine.failure() == null) {
      long now = System.nanoTime();
      long commands = engine.counters().commands();
      if (asked.get() > begun || schedule.isDue(commands - lastCommands, now - lastNanos)) {
        lastNanos = now;
        lastCommands = commands;
        take();
      } else {
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private void take() {
    // Before the snapshot is opened: who asks from now on gets the next one.
    long number = begun + 1;
    begun = number;
    Progress running = progress.begin(number);
    progress = running;
    long startNanos = System.nanoTime();
    try {
      Optional<StoredSnapshot> stored = write();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      progress =
          stored
              .map(s -> running.written(s.sequence(), s.accounts(), s.bytes(), millis))
              .orElseGet(() -> running.end(SnapshotOutcome.UNCHANGED));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(running, e);
    } catch (Exception | Error e) {
      // Too little memory is an Error: the thread lives on, and the next snapshot may have more.
      fail(running, e);
    }
  }

  private Optional<StoredSnapshot> write()
      throws IOException, ExecutionException, InterruptedException {
    engine.rollJournal().get();
    try (LedgerSnapshot snapshot = engine.openSnapshot(Duration.ZERO).get()) {
      return keeper.keep(snapshot);
    }
  }

  private void fail(Progress running, Throwable cause) {
    if (!closed) {
      failures.incrementAndGet();
      try {
        tell(cause);
      } catch (RuntimeException | Error e) {
        // Nor is there memory for the line, or room: it is counted, and whoever waits for its end
        // hears of
        // it.
      }
    }
    progress = running.end(SnapshotOutcome.FAILED);
  }

  private static void tell(Throwable cause) {
    if (cause instanceof CutAbandonedException) {
      LOGGER.warn("no snapshot: {}", cause.getMessage());
    } else if (cause.getCause() instanceof IllegalStateException refusal) {
      // The engine has failed, which it tells by itself, or is closed.
      LOGGER.warn("no snapshot: {}", refusal.getMessage());
    } else if (cause instanceof IOException disk) {
      LOGGER.error("no snapshot: {}", FileFailures.describe(disk));
    } else {
      LOGGER.error("no snapshot", cause);
    }
  }

  /** Gives up what is being written and ends the thread. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (EngineThreads.join(thread)) {
      Thread.currentThread().interrupt();
    }
  }
}
