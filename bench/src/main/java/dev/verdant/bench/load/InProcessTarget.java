package dev.verdant.bench.load;

import dev.verdant.bench.workload.MessageSource;
import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Messages;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ledger alone, on the calling thread: no ring, journal or socket. Requests are encoded a chunk
 * at a time into a buffer like the ring's and applied from there; the encoding and the look at the
 * replies lie between the measured stretches.
 */
public final class InProcessTarget implements LoadTarget {
  private static final int CHUNK = 1024;
  private static final int REPLY_STRIDE = Ledger.MAX_COMMAND_REPLY_LENGTH;
  private static final int MESSAGE_STRIDE = 128;

  private final Ledger ledger;
  private final ByteBuffer requestMemory =
      ByteBuffer.allocateDirect(CHUNK * MESSAGE_STRIDE + MessageSource.MAX_LENGTH);
  private final ByteBuffer replyMemory =
      ByteBuffer.allocateDirect(CHUNK * REPLY_STRIDE + Ledger.MAX_QUERY_REPLY_LENGTH);
  private final UnsafeBuffer requests = new UnsafeBuffer(requestMemory);
  private final UnsafeBuffer replies = new UnsafeBuffer(replyMemory);
  private final int[] requestLengths = new int[CHUNK];
  private final int[] replyLengths = new int[CHUNK];
  private long longestNanos;

  /** An empty ledger. */
  public InProcessTarget() {
    this(new Ledger());
  }

  /** A ledger, which is closed with it. */
  public InProcessTarget(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The ledger; between runs. */
  public Ledger ledger() {
    return ledger;
  }

  /** Longest time of one command applied by itself since the last call, in nanoseconds. */
  public long takeLongestNanos() {
    final long nanos = longestNanos;
    longestNanos = 0;
    return nanos;
  }

  @Override
  public long run(
      MessageSource source, long from, long to, ReplyHandler handler, Timeline timeline) {
    long nanos = 0;
    int count;
    for (long first = from; first < to; first += count) {
      count = encode(source, first, to);
      final long start = System.nanoTime();
      apply(count);
      nanos += System.nanoTime() - start;
      timeline.record(nanos, count);
      deliver(first, count, handler);
    }
    timeline.endStretch(nanos);
    return nanos;
  }

  /**
   * Applies commands one by one with the clock read after each, for the longest of them.
   *
   * @throws WrongResultException if the handler refuses a reply.
   */
  public void runWatched(MessageSource source, long from, long to, ReplyHandler handler) {
    int count;
    for (long first = from; first < to; first += count) {
      count = encode(source, first, to);
      long before = System.nanoTime();
      for (int i = 0; i < count; i++) {
        lookAhead(i, count);
        replyLengths[i] = applyOne(i);
        final long now = System.nanoTime();
        longestNanos = Math.max(longestNanos, now - before);
        before = now;
      }
      deliver(first, count, handler);
    }
  }

  private int encode(MessageSource source, long first, long to) {
    final int count = isLong(source, first) ? 1 : (int) Math.min(CHUNK, to - first);
    for (int i = 0; i < count; i++) {
      requestLengths[i] = source.encode(first + i, requests, i * MESSAGE_STRIDE);
    }
    return count;
  }

  /** A message that does not fit its stride goes alone, as do queries with their long replies. */
  private boolean isLong(MessageSource source, long number) {
    return source.encode(number, requests, 0) > MESSAGE_STRIDE
        || !Messages.isCommand(Messages.templateId(requests, 0));
  }

  private void apply(int count) {
    for (int i = 0; i < count; i++) {
      lookAhead(i, count);
      replyLengths[i] = applyOne(i);
    }
  }

  /** Announces the next commands as the ledger stage does. */
  private void lookAhead(int first, int count) {
    if (first % Ledger.LOOKAHEAD == 0 && count > 1) {
      final int end = Math.min(first + Ledger.LOOKAHEAD, count);
      for (int i = first; i < end; i++) {
        ledger.announce(requests, i * MESSAGE_STRIDE);
      }
      ledger.lookAhead();
    }
  }

  private int applyOne(int i) {
    final int request = i * MESSAGE_STRIDE;
    final int reply = i * REPLY_STRIDE;
    return Messages.isCommand(Messages.templateId(requests, request))
        ? ledger.apply(ledger.sequence() + 1, requests, request, requestLengths[i], replies, reply)
        : ledger.query(requests, request, requestLengths[i], replies, reply);
  }

  private void deliver(long first, int count, ReplyHandler handler) {
    for (int i = 0; i < count; i++) {
      final long number = Frame.correlationId(replies, i * REPLY_STRIDE);
      if (number != first + i) {
        throw new WrongResultException("reply to " + number + " instead of " + (first + i));
      }
      handler.onReply(number, replies, i * REPLY_STRIDE, replyLengths[i]);
    }
  }

  @Override
  public void close() {
    ledger.close();
    BufferUtil.free(requestMemory);
    BufferUtil.free(replyMemory);
  }
}
