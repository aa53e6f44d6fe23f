package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.agrona.CloseHelper;

/**
 * One attempt to connect to an endpoint, without ever waiting: the addresses of its host one after
 * the other, until one can be reached and answers the hello. Each has an equal share of the time
 * left, so that one that is silent leaves some to those after it. A server that refuses ends the
 * attempt: it has answered for its name.
 *
 * <p>One thread at a time.
 */
final class ConnectionAttempt implements AutoCloseable {
  private final Queue<InetSocketAddress> untried;
  private final FrameBuffers buffers;
  private final Selector selector;
  private final long deadlineNanos;
  private InetSocketAddress address;
  private TcpMessageConnection connection;
  private SelectionKey key;
  private ConnectionLostException lastLoss;
  private long dueNanos;

  /**
   * Makes no connection so far.
   *
   * @param addresses of the endpoint's host.
   * @param buffers of the connection, no other's as long as it is open.
   * @param selector is woken when there is something to do.
   * @throws ConnectionLostException if there is no address.
   */
  ConnectionAttempt(
      InetSocketAddress endpoint,
      List<InetSocketAddress> addresses,
      FrameBuffers buffers,
      Selector selector,
      long deadlineNanos) {
    if (addresses.isEmpty()) {
      throw new ConnectionLostException("unknown host " + endpoint.getHostString());
    }
    this.untried = new ArrayDeque<>(addresses);
    this.buffers = buffers;
    this.selector = selector;
    this.deadlineNanos = deadlineNanos;
    this.dueNanos = deadlineNanos;
  }

  /**
   * Goes on.
   *
   * @return a connection whose hello has been answered, or null so far.
   * @throws ConnectionLostException if the last address did not answer, or not in time; why the
   *     ones before it did not is suppressed in it.
   * @throws HandshakeException if a server refuses.
   */
  TcpMessageConnection poll(long nowNanos) {
    while (true) {
      try {
        return step(nowNanos);
      } catch (ConnectionLostException e) {
        close();
        if (lastLoss != null) {
          e.addSuppressed(lastLoss);
        }
        if (untried.isEmpty()) {
          throw e;
        }
        lastLoss = e;
      }
    }
  }

  /** Nanoseconds until {@link #poll} has something to do without a word from the network. */
  long nanosUntilDue(long nowNanos) {
    return dueNanos - nowNanos;
  }

  @Override
  public void close() {
    CloseHelper.quietClose(connection);
    connection = null;
  }

  private TcpMessageConnection step(long nowNanos) {
    if (connection == null) {
      next(nowNanos);
    }
    if (connection.establish()) {
      TcpMessageConnection established = connection;
      connection = null;
      return established;
    }
    if (nowNanos - dueNanos >= 0) {
      throw new ConnectionLostException("no answer to the hello from " + address + " in time");
    }
    key.interestOps(connection.interest());
    return null;
  }

  private void next(long nowNanos) {
    dueNanos = nowNanos + (deadlineNanos - nowNanos) / untried.size();
    address = untried.remove();
    connection = TcpMessageConnection.start(address, buffers.clear());
    try {
      key = connection.register(selector);
    } catch (IOException e) {
      throw new ConnectionLostException("cannot wait for " + address, e);
    }
  }
}
