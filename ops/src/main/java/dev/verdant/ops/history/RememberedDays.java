package dev.verdant.ops.history;

import dev.verdant.client.result.SequenceResult;
import dev.verdant.ops.history.UnusableRowException.Reason;
import dev.verdant.ops.session.CommandFailure;
import java.time.LocalDate;

/**
 * The business days whose transaction ids the ledger still knows (rulebook section 9). A row of an
 * earlier day may have been booked once: the ledger could not tell, and would book it again.
 *
 * <p>Where they begin the ledger tells at the start. From there on it forgets by the program's
 * window as the rows take engine time along, so the program must stay as it is.
 */
final class RememberedDays {
  private final int windowDays;
  private long first;

  /**
   * @param now what the ledger says of its days.
   * @throws CommandFailure if it does not say what it remembers.
   */
  RememberedDays(SequenceResult now) {
    this.windowDays =
        now.orderWindowDays()
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "the server does not tell which transaction ids it remembers, so that rows"
                            + " might be booked twice: an import needs one that speaks version 3 of"
                            + " the protocol"));
    // A ledger without a command has no time yet, and has forgotten nothing.
    this.first =
        now.firstRememberedDay().isPresent() ? now.firstRememberedDay().getAsInt() : Long.MIN_VALUE;
  }

  /**
   * Requires that the ledger would know a row that it has booked, and takes the row for sent:
   * engine time moves with it.
   *
   * @param day the row's business day since the epoch.
   */
  void take(long day) throws UnusableRowException {
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
}
