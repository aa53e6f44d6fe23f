package dev.verdant.ledger;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The ledger: a pure function (state, command, sequence) to (state, reply). It owns the off-heap
 * state and knows no socket, file, clock or thread.
 *
 * <p>Not thread-safe: one thread applies and queries at a time.
 */
public final class Ledger implements AutoCloseable {
  /** Longest reply to a command, SBE header included. */
  public static final int MAX_COMMAND_REPLY_LENGTH = 128;

  /** Longest reply to a query, SBE header included. */
  public static final int MAX_QUERY_REPLY_LENGTH = 64 * 1024;

  /**
   * Applies one command and writes its reply.
   *
   * @param sequence of the command, one more than the last one's; the first is 1.
   * @param command holds a command message that {@code MessageValidator} has passed.
   * @param offset of its SBE header.
   * @param length in bytes, header included.
   * @param reply takes the reply message, SBE header first.
   * @param replyOffset where the reply goes; {@link #MAX_COMMAND_REPLY_LENGTH} bytes must follow.
   * @return length of the reply in bytes, header included.
   */
  public int apply(
      long sequence,
      DirectBuffer command,
      int offset,
      int length,
      MutableDirectBuffer reply,
      int replyOffset) {
    return 0;
  }

  /**
   * Answers one query as of the last command applied, all releases caught up; changes nothing.
   *
   * @return length of the reply in bytes, header included; {@link #MAX_QUERY_REPLY_LENGTH} bytes
   *     must follow {@code replyOffset}.
   */
  public int query(
      DirectBuffer query, int offset, int length, MutableDirectBuffer reply, int replyOffset) {
    return 0;
  }

  /** Sequence of the last command applied, 0 before the first. */
  public long sequence() {
    return 0;
  }

  /** Engine time in milliseconds since the epoch: the maximum of all command times so far. */
  public long timeMillis() {
    return 0;
  }

  @Override
  public void close() {}
}
