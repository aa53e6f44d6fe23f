package dev.verdant.ops.history;

import dev.verdant.client.result.SequenceResult;
import dev.verdant.ops.history.UnusableRowException.Reason;
import java.time.LocalDate;

/**
 * The business days whose transaction ids the ledger still knows (rulebook section 9). A row of an
 * earlier day may have been booked once: the ledger could not tell, and would book it again.
 */
final class RememberedDays {
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long MILLIS_PER_MINUTE = 60_000L;

  private final int windowDays;
  private final long offsetMillis;
  private long first;

  /**
   * @param now engine time, and the offset of its days.
   * @param windowDays for which the program lets ids be remembered.
   */
  RememberedDays(SequenceResult now, int windowDays) {
    this.windowDays = windowDays;
    this.offsetMillis = now.businessOffsetMinutes() * MILLIS_PER_MINUTE;
    // A ledger without a command has no time yet, and has forgotten nothing.
    this.first = now.sequence() == 0 ? Long.MIN_VALUE : day(now.timeMillis()) - windowDays;
  }

  /**
   * Requires that the ledger would know a row that it has booked, and takes the row for sent:
   * engine time moves with it.
   */
  void take(HistoryRow row) throws UnusableRowException {
    long day = day(row.timeMillis());
    if (day < first) {
      throw new UnusableRowException(
          Reason.TOO_OLD,
          "it is of "
              + LocalDate.ofEpochDay(day)
              + ", and the ledger knows ids from "
              + LocalDate.ofEpochDay(first)
              + " on");
    }
    first = Math.max(first, day - windowDays);
  }

  private long day(long timeMillis) {
    return Math.floorDiv(timeMillis + offsetMillis, MILLIS_PER_DAY);
  }
}
