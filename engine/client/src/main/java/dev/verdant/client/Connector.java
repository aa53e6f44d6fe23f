package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * Makes connections, one attempt after the other over the endpoints, without ever waiting. The
 * connection before must be closed: all use the same buffers.
 *
 * <p>Only the client's own thread uses it.
 */
final class Connector implements AutoCloseable {
  private final List<InetSocketAddress> endpoints;
  private final ReconnectPolicy policy;
  private final long attemptTimeoutNanos;
  private final Selector selector;
  private final AddressLookup addresses;
  private final FrameBuffers buffers;
  private int nextEndpoint;
  private int maxAttempts;

  /** Failed ones that the policy counts, since the last connection that was of use. */
  private int failedAttempts;

  /** Failed attempts and unused connections that were closed: the longer the next pause. */
  private int pauses;

  private long dueNanos;

  /** Whether the connection made last is the first, or has answered a request. */
  private boolean proven = true;

  /** Attempts one after the other that ended with a no. */
  private int refusals;

  private ConnectionLostException lastLoss;

  /** Of the attempt under way, or null. */
  private InetSocketAddress endpoint;

  /** Null while the endpoint's addresses are looked up. */
  private ConnectionAttempt attempt;

  /**
   * Makes no attempt so far.
   *
   * @param selector is woken when there is something to do.
   * @param buffers of the connections, one after the other.
   */
  Connector(
      ClientConfig config,
      Selector selector,
      FrameBuffers buffers,
      AddressLookup.Resolver resolver) {
    this.endpoints = config.endpoints();
    this.policy = config.reconnectPolicy();
    this.attemptTimeoutNanos = Nanos.of(config.connectTimeout());
    this.selector = selector;
    this.buffers = buffers;
    this.addresses = new AddressLookup(resolver, selector::wakeup);
  }

  /** Begins a first connection: one attempt at each endpoint. */
  void start(long nowNanos) {
    begin(nowNanos, endpoints.size());
  }

  /**
   * Begins to come back after a connection was lost, by the policy: at once if it was of use. If it
   * broke before it had answered anything, it was but another attempt that failed.
   *
   * @param wasAsked whether it owed an answer: one that nobody uses may well be closed, which uses
   *     up none of the policy's attempts.
   * @throws ConnectionLostException when it was the last attempt.
   */
  void restart(long nowNanos, ConnectionLostException cause, boolean wasAsked) {
    lastLoss = cause;
    if (proven) {
      proven = false;
      begin(nowNanos, policy.maxAttempts());
    } else if (wasAsked) {
      onFailure(nowNanos, cause);
    } else {
      pause(nowNanos);
    }
  }

  /** The connection made last has answered a request. */
  void onAnswer() {
    proven = true;
    lastLoss = null;
  }

  /** Why there was no connection last, null if there has been an answer since. */
  ConnectionLostException lastLoss() {
    return lastLoss;
  }

  /**
   * Goes on.
   *
   * @return a connection whose hello has been answered, or null so far.
   * @throws ConnectionLostException when the last attempt has failed.
   * @throws HandshakeException if every server refuses.
   */
  TcpMessageConnection poll(long nowNanos) {
    try {
      if (endpoint == null) {
        if (nowNanos - dueNanos < 0) {
          return null;
        }
        attempt(nowNanos);
      }
      if (attempt == null) {
        lookUp(nowNanos);
      }
      TcpMessageConnection established = attempt == null ? null : attempt.poll(nowNanos);
      if (established != null) {
        attempt = null;
        endpoint = null;
        refusals = 0;
      }
      return established;
    } catch (ConnectionLostException e) {
      refusals = 0;
      onFailure(nowNanos, e);
    } catch (HandshakeException e) {
      onRefusal(nowNanos, e);
    }
    return null;
  }

  /** Nanoseconds until {@link #poll} has something to do without a word from the network. */
  long nanosUntilDue(long nowNanos) {
    return attempt == null ? dueNanos - nowNanos : attempt.nanosUntilDue(nowNanos);
  }

  @Override
  public void close() {
    CloseHelper.quietClose(attempt);
    attempt = null;
    endpoint = null;
  }

  private void begin(long nowNanos, int attempts) {
    maxAttempts = attempts;
    failedAttempts = 0;
    pauses = 0;
    dueNanos = nowNanos;
  }

  private void attempt(long nowNanos) {
    endpoint = endpoints.get(nextEndpoint);
    nextEndpoint = (nextEndpoint + 1) % endpoints.size();
    dueNanos = nowNanos + attemptTimeoutNanos;
  }

  private void lookUp(long nowNanos) {
    List<InetSocketAddress> found = addresses.poll(endpoint);
    if (found != null) {
      attempt = new ConnectionAttempt(endpoint, found, buffers, selector, dueNanos);
    } else if (nowNanos - dueNanos >= 0) {
      throw new ConnectionLostException("no address of " + endpoint.getHostString() + " in time");
    }
  }

  /** Another server may speak the version that this one does not. */
  private void onRefusal(long nowNanos, HandshakeException refusal) {
    refusals++;
    if (refusals == endpoints.size()) {
      throw refusal;
    }
    onFailure(nowNanos, new ConnectionLostException(refusal.getMessage(), refusal));
  }

  private void onFailure(long nowNanos, ConnectionLostException cause) {
    close();
    lastLoss = cause;
    pause(nowNanos);
    failedAttempts++;
    if (failedAttempts >= maxAttempts) {
      throw new ConnectionLostException(
          "gave up after "
              + failedAttempts
              + (failedAttempts == 1 ? " attempt: " : " attempts: ")
              + cause.getMessage(),
          cause);
    }
  }

  private void pause(long nowNanos) {
    pauses++;
    dueNanos = nowNanos + policy.pauseNanos(pauses);
  }
}
