package dev.verdant.ops.history;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Rate and share done, on one line of a terminal that is written over; silent elsewhere. */
public final class ImportProgress {
  private static final int ROWS_PER_LOOK = 512;
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final PrintStream terminal;
  private final long startNanos = System.nanoTime();
  private long lastNanos = startNanos;

  /**
   * @param terminal takes the line, or null for silence.
   */
  public ImportProgress(PrintStream terminal) {
    this.terminal = terminal;
  }

  void onRow(String file, long rows, HistoryFile history) {
    if (terminal == null || rows % ROWS_PER_LOOK != 0) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastNanos >= INTERVAL_NANOS) {
      lastNanos = now;
      long rowsPerSecond = rows * TimeUnit.SECONDS.toNanos(1) / (now - startNanos);
      terminal.printf(
          Locale.ROOT,
          "\r%s %3d %%  %,d rows  %,d rows/s ",
          file,
          history.percentRead(),
          rows,
          rowsPerSecond);
    }
  }

  /** Ends the line. */
  public void end() {
    if (terminal != null && lastNanos != startNanos) {
      terminal.println();
    }
  }
}
