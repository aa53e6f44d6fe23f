package dev.verdant.pipeline;

import dev.verdant.ledger.Ledger;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.MessageHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The replies of one connection on their way out: a ring of bytes that holds them as frames, back
 * to back, as they go to the socket.
 *
 * <pre>
 *   0                                             capacity        + slack
 *   +---------+-------------------+----------------+---------------+
 *   | unread  | free, reserved by | unread         | tail of the   |
 *   |         | requests in flight|                | last frame    |
 *   +---------+-------------------+----------------+---------------+
 *             ^ position                ^ head
 * </pre>
 *
 * A frame is always written in one piece; what passes the capacity lies in the slack and is copied
 * to the start, so that readers may take it either way.
 *
 * <p>Assumptions: (1) one owner thread reserves, reads and counts requests; (2) the ledger stage
 * alone writes, on the thread that has its turn ({@link StageProcessor}), and in a failed engine
 * the commit stage in its place, once {@link ReplyTurn} says that the ledger stage has written its
 * last; (3) the reply stage alone publishes, on the thread that has its turn; (4) but from the
 * reply stage's {@link BulkReaders#takeOver} to {@link BulkRead#answer} a reader thread alone does
 * both: the owner lets no request in meanwhile ({@link #holdUntilAnswered}), so that no stage has
 * anything to write. The executor's queue orders the way there, {@code replied} and the request
 * ring the way back. Guarantees: (5) it is never full for the writer, since the owner reserves room
 * for the longest reply before a request enters the ring; (6) so a slow reader stops its own
 * requests and nothing else.
 */
public final class ReplyRing {
  /** Smallest capacity in bytes: takes the longest request or reply beside others in flight. */
  public static final int MIN_CAPACITY = 2 * Limits.MAX_MESSAGE_LENGTH;

  private static final int SLACK = Frame.LENGTH_PREFIX + Ledger.MAX_QUERY_REPLY_LENGTH;

  private final int capacity;
  private final int maxInFlight;
  private final Runnable onPublished;
  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final HeldView heldView = new HeldView();

  // Published by the reply stage, in this order.
  private final AtomicLong tail = new AtomicLong();
  private final AtomicLong released = new AtomicLong();
  private final AtomicLong replied = new AtomicLong();

  // Owner.
  private long head;
  private long reserved;
  private long requested;
  private long heldUntil;

  // Ledger stage, or the commit stage or a reader thread in its place.
  private long position;
  private boolean takenOver;

  // Reply stage, or a reader thread in its place.
  private long pendingTail;
  private long pendingReleased;
  private long pendingReplied;
  private boolean touched;

  /**
   * Creates a ring.
   *
   * @param capacity in bytes, a power of two, at least {@link #MIN_CAPACITY}.
   * @param maxInFlight requests that may be unanswered.
   * @param onPublished called by the reply stage after replies were published; must not block.
   */
  public ReplyRing(int capacity, int maxInFlight, Runnable onPublished) {
    if (!BitUtil.isPowerOfTwo(capacity) || capacity < MIN_CAPACITY) {
      throw new IllegalArgumentException(
          "reply ring of " + capacity + " bytes: not a power of two of at least " + MIN_CAPACITY);
    }
    this.capacity = capacity;
    this.maxInFlight = maxInFlight;
    this.onPublished = onPublished;
    this.bytes = ByteBuffer.allocateDirect(capacity + SLACK);
    this.buffer = new UnsafeBuffer(bytes);
  }

  /** Owner: requests that may go in now, if {@link #freeBytes} has room for their replies. */
  public int freeRequests() {
    final long answered = replied.getAcquire();
    return answered < heldUntil ? 0 : maxInFlight - (int) (requested - answered);
  }

  /** Owner: bytes that the longest replies of further requests may take. */
  public int freeBytes() {
    // The tail moves before bytes are released. Read here the other way round, so a reply may be
    // counted twice, and is never missed.
    final long inFlight = reserved - released.getAcquire();
    return capacity - (int) (inFlight + tail.getAcquire() - head);
  }

  /**
   * Owner: counts requests that enter the ring.
   *
   * @param requests at most {@link #freeRequests}.
   * @param bytes of their longest replies, at most {@link #freeBytes}.
   */
  public void reserve(int requests, int bytes) {
    requested += requests;
    reserved += bytes;
  }

  /** Owner: lets no request in before those counted so far are answered. */
  public void holdUntilAnswered() {
    heldUntil = requested;
  }

  /** Owner: whether every request has been answered and every reply read. */
  public boolean isIdle() {
    return replied.getAcquire() == requested && head == tail.getAcquire();
  }

  /** Owner: whether every request has been answered. */
  public boolean isAnswered() {
    return replied.getAcquire() == requested;
  }

  /** Owner: whether there are replies to read. */
  public boolean hasReplies() {
    return tail.getAcquire() != head;
  }

  /**
   * Owner: writes to a channel as much as it takes now.
   *
   * @return bytes written.
   */
  public long transferTo(WritableByteChannel channel) throws IOException {
    final long end = tail.getAcquire();
    final long start = head;
    while (head < end) {
      final int from = index(head);
      final int length = (int) Math.min(end - head, capacity - from);
      bytes.limit(from + length).position(from);
      final int written = channel.write(bytes);
      head += written;
      if (written < length) {
        break;
      }
    }
    return head - start;
  }

  /** Owner: drops the replies that have arrived. */
  public void discard() {
    head = tail.getAcquire();
  }

  /**
   * Owner: delivers the replies that have arrived. The handler may make new requests.
   *
   * @return the number of replies.
   */
  public int poll(MessageHandler handler) {
    final long end = tail.getAcquire();
    int count = 0;
    while (head < end) {
      final int from = index(head);
      final int length = Frame.messageLength(buffer, from);
      try {
        handler.onMessage(buffer, from + Frame.LENGTH_PREFIX, length);
      } finally {
        head += Frame.LENGTH_PREFIX + length;
      }
      count++;
    }
    return count;
  }

  /** Owner, with no request in flight: makes the ring as good as new. */
  public void reset() {
    if (!isAnswered()) {
      throw new IllegalStateException("requests are in flight: " + (requested - replied.get()));
    }
    discard();
    heldView.drop();
  }

  /** The view that the connection may go on with. */
  HeldView heldView() {
    return heldView;
  }

  /** Ledger stage: memory for the next reply's message, at {@link #messageOffset}. */
  MutableDirectBuffer buffer() {
    return buffer;
  }

  /** Ledger stage: where the next reply's message goes. */
  int messageOffset() {
    return index(position) + Frame.LENGTH_PREFIX;
  }

  /**
   * Ledger stage: takes the message of this length that was written at {@link #messageOffset}.
   *
   * @param reservedBytes for it, by who brought the request.
   * @throws IllegalStateException if it is longer: it may have overwritten unread replies.
   */
  void append(int messageLength, int reservedBytes) {
    if (Frame.LENGTH_PREFIX + messageLength > reservedBytes) {
      throw new IllegalStateException(
          "a reply of " + messageLength + " bytes, reserved with its frame: " + reservedBytes);
    }
    final int start = index(position);
    Frame.putMessageLength(buffer, start, messageLength);
    final int end = start + Frame.LENGTH_PREFIX + messageLength;
    if (end > capacity) {
      buffer.putBytes(0, buffer, capacity, end - capacity);
    }
    position += Frame.LENGTH_PREFIX + messageLength;
  }

  /** Ledger stage: how far replies have been written. */
  long position() {
    return position;
  }

  /** Ledger stage: takes back replies that have not been published. */
  void rollBack(long position) {
    this.position = position;
  }

  /**
   * The stage that answers for the ledger stage in a failed engine, for each unpublished reply, the
   * oldest first: takes back all of them at the first.
   *
   * @param position before the reply, {@link RequestSlot#UNWRITTEN} if it was not written.
   */
  void takeOver(long position) {
    if (!takenOver && position != RequestSlot.UNWRITTEN) {
      rollBack(position);
    }
    takenOver = true;
  }

  /**
   * Reply stage: counts one reply.
   *
   * @return whether it is the first since the last {@link #publish}.
   */
  boolean stage(long replyEnd, int reservedBytes) {
    pendingTail = replyEnd;
    pendingReleased += reservedBytes;
    pendingReplied++;
    final boolean first = !touched;
    touched = true;
    return first;
  }

  /** Reply stage: lets the owner see the replies counted. */
  void publish() {
    touched = false;
    tail.setRelease(pendingTail);
    released.setRelease(pendingReleased);
    replied.setRelease(pendingReplied);
    onPublished.run();
  }

  private int index(long position) {
    return (int) (position & (capacity - 1));
  }
}
