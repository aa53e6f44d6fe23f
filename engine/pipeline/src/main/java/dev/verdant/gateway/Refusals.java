package dev.verdant.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Peers that were turned away. Told of in the log when that begins, then once a minute at most: how
 * many there are is for the metrics.
 */
final class Refusals {
  /** From one line to the next at least, in nanoseconds. */
  static final long QUIET_NANOS = 60_000_000_000L;

  private static final System.Logger LOGGER = System.getLogger(Refusals.class.getName());

  private final AtomicLong count = new AtomicLong();
  private long toldNanos;

  /** So far. Any thread. */
  long count() {
    return count.getAcquire();
  }

  /**
   * Counts one more. One thread only.
   *
   * @param why it was turned away.
   * @param nowNanos by {@link System#nanoTime}.
   */
  void add(String why, long nowNanos) {
    final long before = count.getPlain();
    count.setRelease(before + 1);
    if (before == 0 || nowNanos - toldNanos >= QUIET_NANOS) {
      toldNanos = nowNanos;
      LOGGER.log(
          System.Logger.Level.WARNING,
          "turning connections away: {0}; {1} turned away so far",
          why,
          before + 1);
    }
  }
}
