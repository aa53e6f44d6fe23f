package dev.verdant.bench.snapshot;

import dev.verdant.memory.Memory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How to measure what snapshots cost. Set what differs, then {@link #conclude()}; not to be changed
 * afterwards. Not thread-safe.
 */
public final class SnapshotSettings {
  private static final int FULL_MEMBERS = 5_000_000;
  private static final int FULL_RATE = 300_000;
  private static final int FULL_SECONDS = 10;
  private static final int FULL_RUNS = 3;
  private static final int MILLIS_PER_SECOND = 1000;
  private static final int QUICK_MEMBERS = 20_000;
  private static final int QUICK_RATE = 50_000;
  private static final int QUICK_MILLIS = 200;
  private static final int BATCH = 32;
  private static final long MIB = 1L << 20;
  private static final long SMALL_BOUND_BYTES = MIB;

  private int members = FULL_MEMBERS;
  private int lots = 4;
  private int rate = FULL_RATE;
  private long millis = 2L * FULL_SECONDS * MILLIS_PER_SECOND;
  private int runs = FULL_RUNS;
  private long boundBytes = Memory.DEFAULT_CUT_LIMIT_BYTES;
  private Path directory;
  private Consumer<String> progress = line -> {};

  /** Small sizes: shows that everything works, and says nothing about speed. */
  public SnapshotSettings quick() {
    millis = QUICK_MILLIS;
    return members(QUICK_MEMBERS).rate(QUICK_RATE).runs(1);
  }

  /** Members that buy, at least 1; 5 million by default. */
  public SnapshotSettings members(int members) {
    this.members = members;
    return this;
  }

  int members() {
    return members;
  }

  /** Lots that every member has before the first order, 0 or more; 4 by default. */
  public SnapshotSettings lots(int lots) {
    this.lots = lots;
    return this;
  }

  int lots() {
    return lots;
  }

  /** Orders a second, at least 1; 300,000 by default. */
  public SnapshotSettings rate(int ordersPerSecond) {
    rate = ordersPerSecond;
    return this;
  }

  /** Seconds of each run, at least 1; 20 by default. */
  public SnapshotSettings seconds(int seconds) {
    millis = (long) seconds * MILLIS_PER_SECOND;
    return this;
  }

  /** Length of each run in nanoseconds. */
  long runNanos() {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The pace of each run in the open loop. */
  Pace pace() {
    return Pace.of(runNanos(), rate, BATCH);
  }

  /** Runs of each side, at least 1; 3 by default. */
  public SnapshotSettings runs(int runs) {
    this.runs = runs;
    return this;
  }

  int runs() {
    return runs;
  }

  /** Bytes that snapshots may keep; the ledger's default unless told otherwise. */
  public SnapshotSettings boundBytes(long bytes) {
    boundBytes = bytes;
    return this;
  }

  long boundBytes() {
    return boundBytes;
  }

  /** A bound that no snapshot of this size can keep to while orders flow. */
  long smallBoundBytes() {
    return SMALL_BOUND_BYTES;
  }

  /** Where snapshots and journals go for the time of the run; required. */
  public SnapshotSettings directory(Path directory) {
    this.directory = directory;
    return this;
  }

  Path directory() {
    return directory;
  }

  /** Told what is being done, a line at a time. */
  public SnapshotSettings progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  void say(String format, Object... values) {
    progress.accept(String.format(Locale.ROOT, format, values));
  }

  /** Orders that are due at the same moment. */
  int batch() {
    return BATCH;
  }

  /** Whether the bars may be judged: they are meant for this size or more. */
  boolean isFullSize() {
    return members >= FULL_MEMBERS
        && lots >= 1
        && rate >= FULL_RATE
        && millis >= FULL_SECONDS * MILLIS_PER_SECOND
        && runs >= FULL_RUNS;
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming the setting that does not fit, with its value.
   */
  public SnapshotSettings conclude() {
    check(members >= 1, "members", members);
    check(lots >= 0, "lots", lots);
    check(rate >= 1, "rate", rate);
    check(millis >= 1, "milliseconds", millis);
    check(runs >= 1, "runs", runs);
    check(boundBytes >= 0, "bound", boundBytes);
    if (directory == null) {
      throw new IllegalArgumentException("a directory is needed");
    }
    return this;
  }

  private static void check(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }
}
