package dev.verdant.gateway;

import dev.verdant.pipeline.ReplyRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One upstream service: turns what its socket holds into requests, a turn at a time, and sends its
 * replies. Driven by the gateway's thread.
 *
 * <p>A RuntimeException is a mistake of this program, whatever it is: it costs this connection
 * only, and a line in the log.
 *
 * <p>Back-pressure: while the ring is full, the room for its replies is used up, or a bulk query of
 * it is being answered, its socket is not read; nothing else waits for it.
 *
 * <pre>
 *   OPEN ──fatal error, end of input, server closing──> CLOSING ──replies sent──> LINGERING
 *    │                                                     │                         │
 *    └──────────────────── broken socket ──────────────────┴────> CLOSED <───────────┘
 * </pre>
 */
final class GatewayConnection {
  private enum State {
    OPEN,
    /** Reads no more, sends what is in flight. */
    CLOSING,
    /** Has said goodbye; discards input, so that the last reply is not lost to a reset. */
    LINGERING,
    /** The socket is closed; requests in flight may still be answered to nobody. */
    CLOSED
  }

  private static final System.Logger LOGGER = System.getLogger(GatewayConnection.class.getName());

  /** Longest time for the peer to take its replies and close, in nanoseconds. */
  private static final long LINGER_NANOS = 1_000_000_000L;

  /** How long to leave a full ring alone, in nanoseconds. */
  private static final long RING_FULL_NANOS = 1_000_000L;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final RequestIntake intake;
  private final ReplyRing replies;
  private final InputBuffer input;
  private State state = State.OPEN;
  private boolean readable;

  /** The server closes: takes requests until no more are there. */
  private boolean finishing;

  /** Until when the peer must say hello, or take its last replies and close. */
  private long deadlineNanos;

  /**
   * Creates a connection.
   *
   * @param helloDeadlineNanos until when it must have said hello, by {@link System#nanoTime}.
   */
  GatewayConnection(
      SocketChannel channel,
      SelectionKey key,
      RequestIntake intake,
      ReplyRing replies,
      InputBuffer input,
      long helloDeadlineNanos) {
    this.channel = channel;
    this.key = key;
    this.intake = intake;
    this.replies = replies;
    this.input = input;
    this.deadlineNanos = helloDeadlineNanos;
  }

  /** First half of a turn: takes requests. Returns 0 if there was nothing to do. */
  int receive() {
    if (state != State.OPEN) {
      return 0;
    }
    try {
      return read();
    } catch (IOException e) {
      // The peer is gone: its own affair, and told to nobody.
      abort();
      return 1;
    } catch (RuntimeException | OutOfMemoryError e) {
      // For a long frame memory may be wanting: what one peer asks too much of is its own loss.
      abort(e);
      return 1;
    }
  }

  /** Second half: sends replies, says goodbye. Returns 0 if there was nothing to do. */
  int send(ByteBuffer discarded) {
    try {
      return switch (state) {
        case OPEN -> sendReplies();
        case CLOSING -> sendReplies() + finish();
        case LINGERING -> discardInput(discarded);
        case CLOSED -> discardReplies();
      };
    } catch (IOException e) {
      abort();
      return 1;
    } catch (RuntimeException e) {
      abort(e);
      return 1;
    }
  }

  private int sendReplies() throws IOException {
    return replies.hasReplies() && replies.transferTo(channel) > 0 ? 1 : 0;
  }

  private int read() throws IOException {
    int work = takeRequests();
    if (state == State.OPEN && readable && !input.hasFrame()) {
      final int count = input.readFrom(channel);
      readable = count > 0;
      if (count < 0) {
        closeGently();
        return 1;
      }
      work += count > 0 ? 1 + takeRequests() : 0;
    }
    // It is read only when every frame has been taken: not readable, it has none left.
    if (state == State.OPEN && finishing && !readable) {
      closeGently();
      return 1;
    }
    if (state == State.OPEN && !intake.isGreeted() && System.nanoTime() - deadlineNanos > 0) {
      closeGently();
      return 1;
    }
    return work;
  }

  private int takeRequests() {
    final int count = intake.take();
    if (intake.hasEnded()) {
      state = State.CLOSING;
    }
    return count;
  }

  /**
   * The server closes: takes what has been read or can be read at once, in as many turns as the
   * ring and the room for replies make of it, then no more; sends all replies, closes.
   */
  void finishInput() {
    finishing = true;
    readable = true;
  }

  /** Takes no more at once, whatever is left. */
  void endInput() {
    if (state == State.OPEN) {
      closeGently();
    }
  }

  private void closeGently() {
    state = State.CLOSING;
    intake.end();
  }

  private int finish() throws IOException {
    if (replies.isIdle()) {
      channel.shutdownOutput();
      state = State.LINGERING;
      deadlineNanos = System.nanoTime() + LINGER_NANOS;
      return 1;
    }
    return 0;
  }

  private int discardInput(ByteBuffer discarded) throws IOException {
    discarded.clear();
    final int count = channel.read(discarded);
    if (count < 0 || System.nanoTime() - deadlineNanos > 0) {
      abort();
    }
    return count == 0 ? 0 : 1;
  }

  private int discardReplies() {
    replies.discard();
    return 0;
  }

  private void abort(Throwable mistake) {
    abort();
    try {
      LOGGER.log(System.Logger.Level.ERROR, "a connection failed and is closed", mistake);
    } catch (RuntimeException | Error e) {
      // A log that fails is no reason to take the other connections along.
    }
  }

  /** Closes the socket at once. */
  void abort() {
    state = State.CLOSED;
    intake.end();
    replies.discard();
    try {
      channel.close();
    } catch (IOException e) {
      // Closed as far as it can be: nothing depends on it any more.
      key.cancel();
    }
  }

  /** Whether nothing refers to this connection any more. */
  boolean isDone() {
    return state == State.CLOSED && replies.isAnswered();
  }

  /**
   * Nanoseconds until it must be looked at though nobody will wake the gateway for it, {@link
   * Long#MAX_VALUE} if it need not.
   */
  long timerNanos() {
    if (state == State.LINGERING || (state == State.OPEN && !intake.isGreeted())) {
      return Math.max(0, deadlineNanos - System.nanoTime());
    }
    return intake.isRingFull() && state == State.OPEN ? RING_FULL_NANOS : Long.MAX_VALUE;
  }

  void markReadable() {
    readable = true;
  }

  /** Asks the selector for what this connection waits for. */
  void updateInterest() {
    if (!key.isValid()) {
      return;
    }
    final boolean reads = state == State.LINGERING || (state == State.OPEN && !input.hasFrame());
    final boolean writes = state != State.CLOSED && replies.hasReplies();
    final int interest = (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  ReplyRing replies() {
    return replies;
  }

  InputBuffer input() {
    return input;
  }
}
