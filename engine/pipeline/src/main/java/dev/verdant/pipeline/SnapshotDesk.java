package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.thread.BackgroundThread;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.NanoClock;

/**
 * Hands out snapshots of the ledger. Readers share one where its age is within what they ask for,
 * or no command has come since: each gets a fork. A reader in the background rests now and then
 * ({@link BackgroundThread}).
 *
 * <p>The desk holds no snapshot open by itself. So a cut that nobody reads costs the ledger
 * nothing, and one that was dropped without being closed can be noticed.
 */
final class SnapshotDesk {
  private final Ledger ledger;
  private final Errands errands;
  private final NanoClock clock;

  /** Written by the ledger stage. */
  private volatile Newest newest;

  SnapshotDesk(Ledger ledger, Errands errands, NanoClock clock) {
    this.ledger = ledger;
    this.errands = errands;
    this.clock = clock;
  }

  /**
   * Asks for a snapshot that was the newest state at most so many nanoseconds ago; any thread. 0
   * asks for one that holds every command answered so far.
   */
  CompletableFuture<LedgerSnapshot> ask(long maxAgeNanos) {
    final Newest last = newest;
    if (last != null && clock.nanoTime() - last.asOfNanos < maxAgeNanos && !errands.areRefused()) {
      final AgedSnapshot shared = fork(last, last.asOfNanos);
      if (shared != null) {
        return CompletableFuture.completedFuture(shared.snapshot());
      }
    }
    return errands.ask(() -> open(maxAgeNanos).snapshot(), LedgerSnapshot::close);
  }

  /** Ledger stage, between commands: a snapshot as {@link #ask} tells. */
  AgedSnapshot open(long maxAgeNanos) {
    final long now = clock.nanoTime();
    final Newest last = newest;
    if (last != null) {
      final boolean current = last.sequence == ledger.sequence();
      if (current || now - last.asOfNanos < maxAgeNanos) {
        final AgedSnapshot shared = fork(last, current ? now : last.asOfNanos);
        if (shared != null) {
          newest = new Newest(shared);
          return shared;
        }
      }
    }
    final LedgerSnapshot snapshot = ledger.openSnapshot().atPace(BackgroundThread.READER_PACE);
    final AgedSnapshot opened = new AgedSnapshot(snapshot, now);
    newest = new Newest(opened);
    return opened;
  }

  /** Null if the snapshot is no more: closed by all its readers, given up, or dropped. */
  private static AgedSnapshot fork(Newest last, long asOfNanos) {
    final LedgerSnapshot snapshot = last.snapshot.get();
    if (snapshot == null || !snapshot.isOpen()) {
      return null;
    }
    try {
      return new AgedSnapshot(snapshot.fork(), asOfNanos);
    } catch (IllegalStateException e) {
      // Closed or given up since the look.
      return null;
    }
  }

  /** The snapshot handed out last, without keeping it alive. */
  private static final class Newest {
    final WeakReference<LedgerSnapshot> snapshot;
    final long sequence;
    final long asOfNanos;

    Newest(AgedSnapshot aged) {
      snapshot = new WeakReference<>(aged.snapshot());
      sequence = aged.snapshot().sequence();
      asOfNanos = aged.asOfNanos();
    }
  }
}
