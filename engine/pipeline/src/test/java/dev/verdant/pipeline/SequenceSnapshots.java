package dev.verdant.pipeline;

import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.pipeline.snapshot.DiskSnapshots;
import dev.verdant.protocol.codec.SnapshotOutcome;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Takes snapshots of an engine's ledger on a thread of its own, and keeps their sequences only. */
final class SequenceSnapshots implements DiskSnapshots {
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final AtomicLong begun = new AtomicLong();
  private volatile Progress progress = Progress.none(0);
  private volatile Engine engine;

  void of(Engine launched) {
    engine = launched;
  }

  /** How many have been begun. */
  long begun() {
    return begun.get();
  }

  @Override
  public long begin() {
    final long number = begun.incrementAndGet();
    thread.execute(() -> take(number));
    return number;
  }

  @Override
  public Progress progress() {
    return progress;
  }

  private void take(long number) {
    final Progress running = progress.begin(number);
    progress = running;
    try (LedgerSnapshot snapshot = engine.openSnapshot(Duration.ZERO).get(60, TimeUnit.SECONDS)) {
      progress =
          running.written(
              snapshot.sequence(), snapshot.accountCount(), snapshot.sequence() * 1_000, number);
    } catch (ExecutionException | TimeoutException e) {
      progress = running.end(SnapshotOutcome.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      progress = running.end(SnapshotOutcome.FAILED);
    }
  }

  /** Waits for the end of those begun. */
  void end() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a snapshot does not end");
    }
  }
}
