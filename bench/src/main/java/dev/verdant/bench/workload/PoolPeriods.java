package dev.verdant.bench.workload;

/**
 * Periods and values of a pool whose release is run on each day, or less often, and opens one
 * whenever a period may open at all (rulebook section 6, with {@link ControlMessages#program}),
 * computed without a ledger.
 */
public final class PoolPeriods {
  private static final long BPS = 10_000;

  private int period;
  private long value;

  /**
   * The day's run.
   *
   * @param issuedCp points in the pool so far.
   * @return whether it opens a period.
   */
  public boolean run(long issuedCp) {
    if (period == 0) {
      if (issuedCp < ControlMessages.INITIAL_VALUE) {
        return false;
      }
      value = ControlMessages.INITIAL_VALUE;
    } else {
      final long target = -Math.floorDiv(-value * (BPS + ControlMessages.STEP_BPS), BPS);
      value = issuedCp >= target ? target : Math.max(issuedCp, value);
    }
    period++;
    return true;
  }

  /** Number of the last period opened, 0 for none. */
  public int period() {
    return period;
  }

  /** Value of the pool at that. */
  public long value() {
    return value;
  }
}
