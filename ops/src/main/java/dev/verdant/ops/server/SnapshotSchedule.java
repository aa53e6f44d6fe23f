package dev.verdant.ops.server;

import java.util.concurrent.TimeUnit;

/**
 * When the server takes snapshots by itself.
 *
 * @param everyCommands since the one before, 0 for never.
 * @param everyMinutes since the one before, 0 for never; none where no command has come.
 * @param onStop whether a stop in good order takes one, so that the next start replays nothing.
 */
public record SnapshotSchedule(long everyCommands, long everyMinutes, boolean onStop) {
  /**
   * Once an hour: it bounds what a start has to replay, and the journal on disk, and costs the
   * ledger only the pages that change while one is written.
   */
  public static final long DEFAULT_EVERY_MINUTES = 60;

  /** No snapshot unless asked for. */
  public static final SnapshotSchedule NEVER = new SnapshotSchedule(0, 0, false);

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException naming the one that is negative.
   */
  public SnapshotSchedule {
    requireNotNegative("--snapshot-every-commands", everyCommands);
    requireNotNegative("--snapshot-every-minutes", everyMinutes);
  }

  private static void requireNotNegative(String option, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(option + " is 0 or more, not " + value);
    }
  }

  boolean isDue(long commands, long elapsedNanos) {
    return (everyCommands > 0 && commands >= everyCommands)
        || (everyMinutes > 0
            && commands > 0
            && elapsedNanos >= TimeUnit.MINUTES.toNanos(everyMinutes));
  }
}
