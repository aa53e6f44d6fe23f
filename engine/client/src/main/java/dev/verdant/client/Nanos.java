package dev.verdant.client;

import java.time.Duration;

/** Durations as nanoseconds to add to {@link System#nanoTime}. */
final class Nanos {
  /** 146 years: the difference of any two deadlines still lies within 64 bits. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

  private Nanos() {}

  /** The duration, {@link #LONGEST} at most, and 0 where it is negative. */
  static long of(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
  }
}
