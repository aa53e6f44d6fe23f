package dev.verdant.journal;

import org.agrona.DirectBuffer;

/** Takes the journal's commands, in sequence. */
@FunctionalInterface
public interface CommandConsumer {
  /**
   * Takes one command.
   *
   * @param sequence of the command, one more than the last one's; the first is 1.
   * @param buffer holds the message, valid during the call only.
   * @param offset of its SBE header.
   * @param length in bytes, header included.
   */
  void onCommand(long sequence, DirectBuffer buffer, int offset, int length);
}
