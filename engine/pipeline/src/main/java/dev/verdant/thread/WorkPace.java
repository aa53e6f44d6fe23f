package dev.verdant.thread;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * As much rest as work: two milliseconds of each four; more after work that came to nothing. For
 * one thread.
 *
 * <p>A machine with a bound on its processor time, as virtual machines and containers have it, is
 * stopped as a whole for the rest of a tenth of a second once all its processors together, and what
 * serves its disk, have used up theirs. So work that can wait leaves some of each tenth alone: else
 * the thread that applies commands is stopped as well, for milliseconds. What waits for a disk or
 * for work rests anyway, and is not counted.
 */
final class WorkPace {
  /** Least processor time from one rest to the next. */
  static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Of one rest, after work that was not to be interrupted. */
  static final long MAX_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  /** Of the rest after work that came to nothing: trying again at once would end the same way. */
  static final long VAIN_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LongSupplier workedNanos;
  private final LongConsumer rest;
  private long restedAtNanos;
  private long rests;

  /**
   * A pace that has not begun.
   *
   * @param workedNanos processor time that the thread has had.
   * @param rest lets so many nanoseconds pass, or fewer.
   */
  WorkPace(LongSupplier workedNanos, LongConsumer rest) {
    this.workedNanos = workedNanos;
    this.rest = rest;
  }

  /** Rests if so much work has been done since the last rest. */
  void keep() {
    final long nanos = workedNanos.getAsLong();
    final long sinceRest = nanos - restedAtNanos;
    if (sinceRest >= WORK_NANOS) {
      rest.accept(Math.min(sinceRest, MAX_REST_NANOS));
      restedAtNanos = nanos;
      rests++;
    }
  }

  /** Rests after work that came to nothing. */
  void restFromVainWork() {
    rest.accept(VAIN_REST_NANOS);
    restedAtNanos = workedNanos.getAsLong();
    rests++;
  }

  /** How often it has rested. */
  long rests() {
    return rests;
  }
}
