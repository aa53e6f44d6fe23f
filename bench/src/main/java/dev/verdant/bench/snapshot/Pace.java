package dev.verdant.bench.snapshot;

import java.util.concurrent.TimeUnit;

/**
 * An open loop: batches fall due at even distances, whatever became of those before. Between them
 * the thread looks at the clock and nothing else, as a writer that spins.
 *
 * @param batches of the run.
 * @param intervalNanos from one to the next.
 */
record Pace(long batches, long intervalNanos) {
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** So many orders a second, at least one batch of them. */
  static Pace of(long runNanos, int ordersPerSecond, int batch) {
    final long intervalNanos = TimeUnit.SECONDS.toNanos(batch) / ordersPerSecond;
    return new Pace(Math.max(1, runNanos / intervalNanos), intervalNanos);
  }

  /** Runs batches at this pace, on the calling thread. */
  Latencies run(Runnable batch, BesideOrders beside) {
    final Latencies latencies = new Latencies(batches * intervalNanos);
    final long start = System.nanoTime() + LEAD_NANOS;
    beside.startsAt(start);
    for (long due = 0; due < batches * intervalNanos; due += intervalNanos) {
      beside.betweenBatches();
      while (System.nanoTime() - start < due) {
        Thread.onSpinWait();
      }
      batch.run();
      latencies.record(due, System.nanoTime() - start - due);
    }
    return latencies;
  }
}
