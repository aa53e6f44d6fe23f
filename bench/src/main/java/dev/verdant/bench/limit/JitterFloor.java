package dev.verdant.bench.limit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The machine's own jitter: what an open loop would measure of a server that takes no time at all.
 * A thread that only reads the clock notes how late it is for each of many due times.
 */
public final class JitterFloor {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private JitterFloor() {}

  /** Lateness in nanoseconds at so many due times a second, for so long. */
  public static Histogram measure(double ratePerSecond, long nanos) {
    final Histogram lateness = new Histogram(3);
    final double intervalNanos = NANOS_PER_SECOND / ratePerSecond;
    final long start = System.nanoTime();
    long number = 0;
    long past = 0;
    while (past < nanos) {
      past = System.nanoTime() - start;
      for (long due = (long) (number * intervalNanos); due <= past; number++) {
        lateness.recordValue(past - due);
        due = (long) ((number + 1) * intervalNanos);
      }
    }
    return lateness;
  }

  /**
   * How late a thread was at worst, in nanoseconds, that naps and looks at the clock while the
   * calling thread does something: what the machine does to both in that time. It leaves the other
   * core all but idle: a virtual machine with all cores busy may be stopped as a whole, which a
   * watch that never rests brings about itself.
   */
  public static long longestNanosBeside(Runnable work) {
    final AtomicBoolean done = new AtomicBoolean();
    final CompletableFuture<Long> longest = new CompletableFuture<>();
    final Thread watch = new Thread(() -> longest.complete(latestNap(done)), "bench-jitter");
    watch.setDaemon(true);
    watch.start();
    try {
      work.run();
    } finally {
      done.set(true);
    }
    return longest.join();
  }

  private static long latestNap(AtomicBoolean done) {
    long latest = 0;
    while (!done.getOpaque()) {
      final long before = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      latest = Math.max(latest, System.nanoTime() - before - NAP_NANOS);
    }
    return latest;
  }
}
