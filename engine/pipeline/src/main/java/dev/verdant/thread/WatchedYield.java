package dev.verdant.thread;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A yield that notices what it costs. As long as nobody else wants the processor, that is next to
 * nothing. Where somebody does, Linux (EEVDF, since 6.6) lets the other have a whole slice before
 * the one that yielded runs again, 0.6 to 4 ms, time after time, even beside an idle processor: two
 * threads that only ever yield to each other are not moved apart. A thread that sleeps is given an
 * idle processor when it is woken. So after a yield that took long the processor counts as shared
 * for a while, in which no yield is {@linkplain #isCheap cheap} and one should rather sleep.
 *
 * <p>For one thread.
 */
public final class WatchedYield {
  /** A yield that took longer let another thread run. */
  private static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** How long the processor counts as shared after that. */
  private static final long SHARED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final LongSupplier nanoClock;
  private final Runnable yield;
  private boolean shared;
  private long sharedUntilNanos;

  /** Yields to the system's other threads. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint, and watched
  public WatchedYield() {
    this(System::nanoTime, Thread::yield);
  }

  /**
   * Yields by other means.
   *
   * @param nanoClock nanoseconds from any origin; may wrap round.
   * @param yield lets others run and returns, by that clock, when they have.
   */
  public WatchedYield(LongSupplier nanoClock, Runnable yield) {
    this.nanoClock = nanoClock;
    this.yield = yield;
  }

  /** Whether a yield most likely returns at once. */
  public boolean isCheap() {
    if (shared) {
      shared = nanoClock.getAsLong() - sharedUntilNanos < 0;
    }
    return !shared;
  }

  /** Yields, whatever it costs. */
  public void giveWay() {
    final long before = nanoClock.getAsLong();
    yield.run();
    final long after = nanoClock.getAsLong();
    if (after - before > LONG_NANOS) {
      shared = true;
      sharedUntilNanos = after + SHARED_NANOS;
    }
  }
}
