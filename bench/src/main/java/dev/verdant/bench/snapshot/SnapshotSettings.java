package dev.verdant.bench.snapshot;

import java.util.concurrent.TimeUnit;

/**
 * How to measure what snapshots cost: by default 5 million members with 4 lots each, 300,000 orders
 * a second. Set what differs, then {@link #conclude()}; not to be changed afterwards. Not
 * thread-safe.
 */
public final class SnapshotSettings extends SizeSettings<SnapshotSettings> {
  private static final int FULL_MEMBERS = 5_000_000;
  private static final int FULL_LOTS = 4;
  private static final int FULL_RATE = 300_000;
  private static final int FULL_SECONDS = 10;
  private static final int FULL_RUNS = 5;
  private static final int MILLIS_PER_SECOND = 1000;

  /** A day: its latencies over time are kept in memory. */
  private static final int MOST_SECONDS = 86_400;

  private static final int QUICK_MEMBERS = 20_000;
  private static final int QUICK_RATE = 50_000;
  private static final int QUICK_MILLIS = 200;
  private static final int BATCH = 32;
  private static final long MIB = 1L << 20;
  private static final long SMALL_BOUND_BYTES = MIB;
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int SHORTER = 5;

  private long millis = 2L * FULL_SECONDS * MILLIS_PER_SECOND;
  private int runs = FULL_RUNS;

  /** The full size. */
  public SnapshotSettings() {
    super(FULL_MEMBERS, FULL_LOTS, FULL_RATE);
  }

  @Override
  SnapshotSettings self() {
    return this;
  }

  @Override
  public SnapshotSettings quick() {
    millis = QUICK_MILLIS;
    return members(QUICK_MEMBERS).rate(QUICK_RATE).runs(1);
  }

  /** Seconds of each run, 1 to 86,400; 20 by default. */
  public SnapshotSettings seconds(int seconds) {
    millis = (long) seconds * MILLIS_PER_SECOND;
    return this;
  }

  /** Length of each run in nanoseconds. */
  public long runNanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The pace of each run in the open loop. */
  Pace pace() {
    return Pace.of(runNanos(), rate(), BATCH);
  }

  /** Runs of each side, at least 1; 5 by default. */
  public SnapshotSettings runs(int runs) {
    this.runs = runs;
    return this;
  }

  /** Runs of each side. */
  public int runs() {
    return runs;
  }

  /** A bound that no snapshot of this size can keep to while orders flow. */
  long smallBoundBytes() {
    return SMALL_BOUND_BYTES;
  }

  /** The pace of a short run, and how many of them take as long as all runs. */
  Pace shortPace() {
    return Pace.of(runNanos() / SHORTER, rate(), BATCH);
  }

  int shortRuns() {
    return runs * SHORTER;
  }

  /** How long one waits, beside its pace, who does not try again at once. */
  long restNanos() {
    return REST_NANOS;
  }

  /** Orders that are due at the same moment. */
  int batch() {
    return BATCH;
  }

  /** Whether the bars may be judged: they are meant for this size or more. */
  boolean isFullSize() {
    return members() >= FULL_MEMBERS
        && lots() >= FULL_LOTS
        && rate() >= FULL_RATE
        && millis >= FULL_SECONDS * MILLIS_PER_SECOND
        && runs >= FULL_RUNS;
  }

  @Override
  public SnapshotSettings conclude() {
    check(millis >= 1 && millis <= (long) MOST_SECONDS * MILLIS_PER_SECOND, "milliseconds", millis);
    check(runs >= 1, "runs", runs);
    return super.conclude();
  }
}
