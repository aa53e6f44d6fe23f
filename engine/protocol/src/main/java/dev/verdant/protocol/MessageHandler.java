package dev.verdant.protocol;

import org.agrona.DirectBuffer;

/** Receives whole messages, SBE header first. */
@FunctionalInterface
public interface MessageHandler {
  /**
   * Takes one message.
   *
   * @param buffer holds the message; valid only during the call.
   * @param offset of the SBE message header.
   * @param length of the message in bytes, header included.
   */
  void onMessage(DirectBuffer buffer, int offset, int length);
}
