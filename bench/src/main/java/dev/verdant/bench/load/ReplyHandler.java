package dev.verdant.bench.load;

import org.agrona.DirectBuffer;

/** Takes replies in the order of their requests. */
@FunctionalInterface
public interface ReplyHandler {
  /**
   * One reply.
   *
   * @param number of the request.
   * @param buffer holds the reply, SBE header at the offset; valid during the call only.
   * @throws WrongResultException if it is not what it must be.
   */
  void onReply(long number, DirectBuffer buffer, int offset, int length);
}
