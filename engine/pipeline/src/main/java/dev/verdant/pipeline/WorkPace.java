package dev.verdant.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * So much work, then a rest: a millisecond after each four on a processor. One thread's.
 *
 * <p>A machine with a bound on its processor time, as virtual machines and containers have it, is
 * stopped as a whole for the rest of a tenth of a second once all its processors together have used
 * up theirs. So work that can wait leaves some of each tenth alone: else the thread that applies
 * commands is stopped as well, for milliseconds. What waits for a disk or for work rests anyway,
 * and is not counted.
 */
final class WorkPace {
  /** Processor time from one rest to the next. */
  static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

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
    if (nanos - restedAtNanos >= WORK_NANOS) {
      rest.accept(REST_NANOS);
      restedAtNanos = nanos;
      rests++;
    }
  }

  /** How often it has rested. */
  long rests() {
    return rests;
  }
}
