package dev.verdant.bench.snapshot;

import dev.verdant.bench.report.Plot;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.memory.CutAbandonedException;
import dev.verdant.thread.BackgroundThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that takes snapshots back to back, each use in turn. The writer opens them between its
 * batches, to be read at the pace of a server's readers, who rest as long as they work, and for a
 * moment once their snapshot is given up; a rest of its own may come after that.
 */
final class BackToBack implements BesideOrders, AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ledger ledger;
  private final List<SnapshotUse> uses;
  private final long restNanos;
  private final AtomicReference<CompletableFuture<LedgerSnapshot>> asked = new AtomicReference<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final List<Plot.Span> spans = new ArrayList<>();
  private volatile boolean stopped;
  private volatile long startNanos;
  private long taken;
  private long abandoned;
  private long mostKeptBytes;

  private BackToBack(Ledger ledger, List<SnapshotUse> uses, long restNanos) {
    this.ledger = ledger;
    this.uses = uses;
    this.restNanos = restNanos;
    startNanos = System.nanoTime();
  }

  /**
   * Starts taking snapshots.
   *
   * @param restNanos of its own after one that was given up, beside its pace; 0 for none.
   */
  static BackToBack start(Ledger ledger, List<SnapshotUse> uses, long restNanos) {
    final BackToBack snapshots = new BackToBack(ledger, uses, restNanos);
    final Thread thread = new BackgroundThread(snapshots::takeAll, "snapshots");
    thread.setDaemon(true);
    thread.start();
    return snapshots;
  }

  /** The writer's, between batches: opens the snapshot that is asked for. */
  @Override
  public void betweenBatches() {
    final CompletableFuture<LedgerSnapshot> wanted = asked.get();
    if (wanted != null) {
      asked.set(null);
      wanted.complete(ledger.openSnapshot().atPace(BackgroundThread.READER_PACE));
    }
    mostKeptBytes = Math.max(mostKeptBytes, ledger.keptForSnapshotsBytes());
  }

  @Override
  public void startsAt(long nanos) {
    startNanos = nanos;
  }

  private void takeAll() {
    try {
      for (int i = 0; !stopped; i++) {
        final CompletableFuture<LedgerSnapshot> wanted = new CompletableFuture<>();
        asked.set(wanted);
        if (stopped) {
          break;
        }
        if (!take(wanted, uses.get(i % uses.size()))) {
          LockSupport.parkNanos(restNanos);
        }
      }
      ended.complete(null);
    } catch (CancellationException e) {
      ended.complete(null);
    } catch (IOException | RuntimeException | Error e) {
      // An Error, too, as that there is no memory: the writer waits for this end.
      ended.completeExceptionally(e);
    }
  }

  /** Returns whether it could be used to the end. */
  private boolean take(CompletableFuture<LedgerSnapshot> wanted, SnapshotUse use)
      throws IOException {
    try (LedgerSnapshot snapshot = wanted.join()) {
      final long begin = System.nanoTime();
      boolean used = false;
      try {
        use.use(snapshot);
        used = true;
        taken++;
      } catch (CutAbandonedException e) {
        abandoned++;
      }
      spans.add(new Plot.Span(seconds(begin), seconds(System.nanoTime())));
      return used;
    }
  }

  private double seconds(long nanos) {
    return Math.max(0, nanos - startNanos) / NANOS_PER_SECOND;
  }

  /** Ends with the snapshot at hand; fails with what ended it early. The writer's. */
  @Override
  public void close() {
    stopped = true;
    final CompletableFuture<LedgerSnapshot> wanted = asked.getAndSet(null);
    if (wanted != null) {
      wanted.cancel(false);
    }
    ended.join();
    ledger.reclaim();
  }

  /** Snapshots that were used to the end; after {@link #close}. */
  long taken() {
    return taken;
  }

  /** Snapshots that were given up; after {@link #close}. */
  long abandoned() {
    return abandoned;
  }

  /** Most bytes that were kept for snapshots between two batches. */
  long mostKeptBytes() {
    return mostKeptBytes;
  }

  /** From when to when, in seconds of the run; after {@link #close}. */
  List<Plot.Span> spans() {
    return spans;
  }
}
