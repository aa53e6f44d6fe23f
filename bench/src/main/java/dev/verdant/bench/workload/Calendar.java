package dev.verdant.bench.workload;

/** The time of the benchmarks' days. */
public final class Calendar {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long FIRST_DAY = 20_000;
  private static final long NOON_MILLIS = DAY_MILLIS / 6;

  private Calendar() {}

  /** Noon (+08:00) of a day of trade, milliseconds since the epoch; day 0 opens the accounts. */
  public static long timeMillis(int day) {
    return (FIRST_DAY + day) * DAY_MILLIS + NOON_MILLIS;
  }
}
