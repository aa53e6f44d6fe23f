package dev.verdant.ops.history;

/**
 * The business days of a ledger.
 *
 * @param offsetMinutes of its business day from UTC, as its program has it.
 */
record BusinessCalendar(int offsetMinutes) {
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long MILLIS_PER_MINUTE = 60_000L;

  /** The business day since the epoch of a time in milliseconds since the epoch. */
  long day(long timeMillis) {
    return Math.floorDiv(timeMillis + offsetMinutes * MILLIS_PER_MINUTE, MILLIS_PER_DAY);
  }
}
