package dev.verdant.bench.snapshot;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.snapshot.JournalPosition;
import dev.verdant.journal.snapshot.SnapshotWriter;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.thread.BackgroundThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A snapshot that is written on a thread of its own while the writer runs on. */
final class DiskSnapshot {
  private final CompletableFuture<StoredSnapshot> written = new CompletableFuture<>();
  private final long startNanos = System.nanoTime();
  private volatile long endNanos;

  private DiskSnapshot() {}

  /** Starts writing a snapshot, which is closed in the end. */
  static DiskSnapshot start(LedgerSnapshot snapshot, Path directory) {
    final DiskSnapshot disk = new DiskSnapshot();
    snapshot.atPace(BackgroundThread.READER_PACE);
    final Thread thread = new BackgroundThread(() -> disk.write(snapshot, directory), "snapshot");
    thread.setDaemon(true);
    thread.start();
    return disk;
  }

  private void write(LedgerSnapshot snapshot, Path directory) {
    try (snapshot) {
      final StoredSnapshot stored =
          new SnapshotWriter(Disk.REAL, directory, SnapshotUse.RESERVE_BYTES)
              .write(snapshot, new JournalPosition(0, 0), System.currentTimeMillis());
      endNanos = System.nanoTime();
      written.complete(stored);
    } catch (IOException | RuntimeException | Error e) {
      // An Error, too, as that there is no memory: the writer waits for this end.
      written.completeExceptionally(e);
    }
  }

  /** Whether it has ended, well or not. */
  boolean hasEnded() {
    return written.isDone();
  }

  /**
   * What was written.
   *
   * @throws java.util.concurrent.CompletionException if it was not.
   */
  StoredSnapshot stored() {
    return written.join();
  }

  /** From the start to the last byte forced, in nanoseconds. */
  long nanos() {
    return endNanos - startNanos;
  }
}
