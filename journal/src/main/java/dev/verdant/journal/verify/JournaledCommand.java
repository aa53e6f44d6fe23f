package dev.verdant.journal.verify;

import dev.verdant.protocol.Messages;
import org.agrona.DirectBuffer;

/**
 * One command of a journal.
 *
 * @param sequence of the command.
 * @param message as it was applied, a copy: SBE header first, by the wire schema.
 */
public record JournaledCommand(long sequence, DirectBuffer message) {
  /** Engine time at which it was taken, in milliseconds since the epoch. */
  public long timeMillis() {
    return Messages.commandTimeMillis(message, 0);
  }
}
