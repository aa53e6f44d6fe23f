package dev.verdant.protocol;

import org.agrona.DirectBuffer;

/**
 * An ordered, pipelined exchange of messages with one ledger: requests go in, replies come out in
 * the order of the requests. Implemented over TCP by the client and in process by the engine, so
 * that whoever drives a ledger need not know where it runs.
 *
 * <p>One thread at a time may use a connection. Nothing here blocks.
 */
public interface MessageConnection extends AutoCloseable {
  /**
   * Hands over one request. It may be buffered until {@link #poll} or {@link #flush}.
   *
   * @param buffer holds the message, SBE header first; copied before the call returns.
   * @param offset of the SBE message header.
   * @param length of the message in bytes, at most {@link Limits#MAX_MESSAGE_LENGTH}.
   * @return false under back-pressure: nothing was taken; poll, then offer again.
   * @throws ConnectionLostException if the other side is gone.
   */
  boolean offer(DirectBuffer buffer, int offset, int length);

  /** Sends what {@link #offer} has buffered, as far as the other side takes it now. */
  void flush();

  /**
   * Flushes, then delivers the replies that have arrived.
   *
   * @param handler called on this thread for each reply, in order.
   * @return the number of replies delivered, 0 if there was none.
   * @throws ConnectionLostException if the other side is gone and every reply that had arrived has
   *     been delivered.
   */
  int poll(MessageHandler handler);

  @Override
  void close();
}
