package dev.verdant.client;

import dev.verdant.client.result.Reply;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * The client's one thread: takes calls from any number of threads, sends them in order, reads the
 * replies, keeps the deadlines, and comes back after a broken connection.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Every call that {@link #submit} takes is completed exactly once, whatever happens.
 *   <li>Calls of one thread are sent in the order in which it made them, again after a
 *       reconnection.
 *   <li>The thread sleeps only when there is nothing to send, and is woken by the next call.
 * </ol>
 */
final class ClientLoop implements Runnable {
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ClientConfig config;
  private final Semaphore window;
  private final Selector selector;
  private final ManyToOneConcurrentArrayQueue<Call<?>> submissions;
  private final CallQueue calls;
  private final Connector connector;
  private final SilenceWatch silence;
  private final CompletableFuture<ServerInfo> connected = new CompletableFuture<>();
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final AtomicBoolean endedByCallers = new AtomicBoolean();
  private final ExpandableArrayBuffer message =
      new ExpandableArrayBuffer(Limits.MAX_MESSAGE_LENGTH / 64);
  private final Reply reply = new Reply();
  private TcpMessageConnection connection;
  private SelectionKey key;
  private Call<?> encoded;
  private int encodedLength;
  private long lastCorrelationId;
  private volatile boolean closing;
  private long drainDeadlineNanos;
  private volatile RuntimeException end;

  /** Times that calls were left to reject and nobody has done it yet. */
  private final AtomicInteger rejections = new AtomicInteger();

  ClientLoop(ClientConfig config, Semaphore window) {
    this(config, window, AddressLookup::resolve);
  }

  ClientLoop(ClientConfig config, Semaphore window, AddressLookup.Resolver resolver) {
    this(
        config,
        window,
        resolver,
        new ManyToOneConcurrentArrayQueue<>(Math.max(2, config.maxInFlight())));
  }

  /**
   * A loop that does not run.
   *
   * @param submissions with room for every call that may hold a permit of the window.
   */
  ClientLoop(
      ClientConfig config,
      Semaphore window,
      AddressLookup.Resolver resolver,
      ManyToOneConcurrentArrayQueue<Call<?>> submissions) {
    this.config = config;
    this.window = window;
    this.submissions = submissions;
    this.calls = new CallQueue(window, config.maxInFlight());
    this.silence = new SilenceWatch(config.silenceTimeout());
    // Before the selector: where there is no direct memory for them, nobody would close it.
    FrameBuffers buffers = new FrameBuffers();
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a selector", e);
    }
    this.connector = new Connector(config, selector, buffers, resolver);
  }

  /** Completes with the first connection, or with the reason why there is none. */
  CompletableFuture<ServerInfo> connected() {
    return connected;
  }

  /** Takes a call that holds a permit of the window; from any thread. */
  void submit(Call<?> call) {
    if (end != null) {
      window.release();
      call.fail(end);
      return;
    }
    submissions.offer(call);
    if (end != null) {
      rejectCalls();
    } else {
      wake();
    }
  }

  /** A call that was submitted has been ended by its caller; from any thread. */
  void onEnded() {
    endedByCallers.set(true);
    wake();
  }

  private void wake() {
    if (asleep.get() && asleep.compareAndSet(true, false)) {
      selector.wakeup();
    }
  }

  /** Ends the thread when every call has its answer, or the drain timeout has passed. */
  void close() {
    closing = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    RuntimeException cause = new ClientClosedException("the client was closed");
    try {
      connector.start(System.nanoTime());
      while (!isFinished(System.nanoTime())) {
        if (!hasWorked(System.nanoTime())) {
          sleep(System.nanoTime());
        }
      }
    } catch (ConnectionLostException | HandshakeException e) {
      cause = e;
    } catch (IOException | RuntimeException e) {
      cause = threadFailed(e);
    } catch (Error e) {
      cause = threadFailed(e);
      throw e;
    } finally {
      finish(cause);
    }
  }

  private boolean hasWorked(long nowNanos) {
    // Read before the submissions are: the call that was ended is among the queued then.
    boolean hasEnded = endedByCallers.get() && endedByCallers.getAndSet(false);
    boolean worked = submissions.drain(calls::add) > 0;
    if (hasEnded) {
      calls.noteEnded(nowNanos);
    }
    calls.expire(nowNanos, connector.lastLoss());
    if (connection == null) {
      return isConnectedNow(nowNanos) || worked;
    }
    try {
      worked |= send();
      worked |= connection.poll(this::onReply) > 0;
      silence.check(nowNanos, calls.owesAnswer(), connection.bytesReceived());
    } catch (ConnectionLostException e) {
      onLost(nowNanos, e);
    }
    return worked;
  }

  private boolean isConnectedNow(long nowNanos) {
    connection = connector.poll(nowNanos);
    if (connection == null) {
      return false;
    }
    try {
      key = connection.register(selector);
    } catch (IOException e) {
      throw new ConnectionLostException("cannot wait for the server", e);
    }
    silence.restart();
    connected.complete(connection.server());
    return true;
  }

  private boolean send() {
    boolean sent = false;
    for (Call<?> call = calls.nextUnsent(); call != null; call = calls.nextUnsent()) {
      try {
        if (call != encoded) {
          encodedLength = call.encode(message, ++lastCorrelationId);
          encoded = call;
        }
        if (!connection.offer(message, 0, encodedLength)) {
          break;
        }
        calls.markSent();
        sent = true;
      } catch (ConnectionLostException e) {
        throw e;
      } catch (RuntimeException e) {
        calls.dropUnsent();
        call.failUnsendable(e);
      }
      encoded = null;
    }
    return sent;
  }

  private void onReply(DirectBuffer buffer, int offset, int length) {
    Call<?> call = calls.awaiting();
    reply.wrap(buffer, offset, length, call != null && call.wasSentBefore());
    if (call == null || reply.correlationId() != call.correlationId()) {
      throw new ConnectionLostException("the server ended the exchange: " + reply.describe());
    }
    // A call leaves the queue only with its outcome at hand: what else is thrown ends the loop, and
    // that fails whatever is in the queue.
    try {
      call.read(reply);
    } catch (RuntimeException e) {
      ConnectionLostException unreadable =
          new ConnectionLostException("unreadable: " + reply.describe(), e);
      calls.markAnswered();
      call.fail(unreadable);
      throw unreadable;
    }
    calls.markAnswered();
    connector.onAnswer();
    call.complete();
  }

  private void onLost(long nowNanos, ConnectionLostException cause) {
    boolean wasAsked = calls.awaiting() != null;
    connection.close();
    connection = null;
    encoded = null;
    if (config.resendOnReconnect()) {
      calls.rewind();
    } else {
      calls.failInFlight(cause);
    }
    if (config.reconnectPolicy().maxAttempts() == 0) {
      throw cause;
    }
    connector.restart(nowNanos, cause, wasAsked);
  }

  private void sleep(long nowNanos) throws IOException {
    long nanos = calls.nanosUntilDeadline(nowNanos, LONGEST_SLEEP_NANOS);
    if (connection == null) {
      nanos = Math.min(nanos, connector.nanosUntilDue(nowNanos));
    } else {
      key.interestOps(connection.interest());
      nanos = silence.nanosUntilDue(nowNanos, nanos);
    }
    if (closing) {
      nanos = Math.min(nanos, drainDeadlineNanos - nowNanos);
    }
    // An interrupt, which a caller's callback may have left behind, would keep the selector awake.
    Thread.interrupted();
    asleep.set(true);
    if (submissions.isEmpty() && !endedByCallers.get()) {
      selector.select(1 + Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos)));
      selector.selectedKeys().clear();
    }
    asleep.set(false);
  }

  private boolean isFinished(long nowNanos) {
    if (!closing) {
      return false;
    }
    if (drainDeadlineNanos == 0) {
      drainDeadlineNanos = nowNanos + Nanos.of(config.drainTimeout());
    }
    return nowNanos - drainDeadlineNanos >= 0 || (submissions.isEmpty() && calls.isQuiet());
  }

  private static RuntimeException threadFailed(Throwable cause) {
    return new ConnectionLostException("the client's thread failed: " + cause, cause);
  }

  private void finish(RuntimeException cause) {
    CloseHelper.quietCloseAll(connection, connector, selector);
    end = cause;
    rejectCalls();
    connected.completeExceptionally(cause);
  }

  /**
   * Once the end has come, the loop's thread empties the queue, or a caller who has submitted just
   * then, one at a time. Whoever finds another at it leaves his call to that one: he may hold a
   * lock for which a callback waits that the other runs.
   *
   * <p>A caller who has not seen the end has his place in the queue by now, but his call may not be
   * seen in it for a moment more: it is waited for, since he will not come back for it.
   */
  private void rejectCalls() {
    int seen = rejections.incrementAndGet() == 1 ? 1 : 0;
    while (seen > 0) {
      while (!submissions.isEmpty()) {
        if (submissions.drain(calls::add) == 0) {
          Thread.onSpinWait();
        }
      }
      calls.failAll(end);
      seen = rejections.addAndGet(-seen);
    }
  }
}
