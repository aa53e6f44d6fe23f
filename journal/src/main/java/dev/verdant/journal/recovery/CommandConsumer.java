package dev.verdant.journal.recovery;

import dev.verdant.ledger.Ledger;
import org.agrona.DirectBuffer;

/** Takes the journal's commands, in sequence. */
@FunctionalInterface
public interface CommandConsumer {
  /** Most commands announced at a time. */
  int MOST_ANNOUNCED = Ledger.LOOKAHEAD;

  /**
   * Takes one command.
   *
   * @param sequence of the command, one more than the last one's; the first is 1.
   * @param buffer holds the message, valid during the call only.
   * @param offset of its SBE header.
   * @param length in bytes, header included.
   */
  void onCommand(long sequence, DirectBuffer buffer, int offset, int length);

  /**
   * Tells of a command that may come soon, perhaps before others are taken; for those who can make
   * ready for it.
   *
   * @param buffer holds the message, valid until {@link #onAllAnnounced} has returned.
   * @param offset of its SBE header.
   */
  default void onAnnounced(DirectBuffer buffer, int offset) {}

  /** Says that the commands announced last come now. */
  default void onAllAnnounced() {}
}
