package dev.verdant.pipeline;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place of the ring, used over and over. Its memory is a slice of one off-heap block; the rare
 * message that is longer brings a buffer of its own, which the slot drops after the reply.
 *
 * <p>Written by the producer that claimed it, then by one stage after the other; the ring's
 * sequences order these.
 */
public final class RequestSlot {
  /**
   * Bytes of a slot's own memory: two cache lines, enough for any error and any message but a
   * configure.
   */
  static final int LENGTH = 128;

  /** As {@link #replyStart}: no reply has been written. */
  static final long UNWRITTEN = -1;

  private final UnsafeBuffer inline;
  private MutableDirectBuffer message;
  private int length;
  private RequestKind kind = RequestKind.NONE;
  private ReplyRing replies;
  private int reservedBytes;

  /** Place in the journal; given by the journal stage, commands only. */
  long sequence;

  /** Position of the reply ring before and after the reply; given by the ledger stage. */
  long replyStart;

  long replyEnd;

  /** A bulk query that a reader thread is to answer; given by the ledger stage, else null. */
  BulkRead bulkRead;

  RequestSlot(UnsafeBuffer inline) {
    this.inline = inline;
    this.message = inline;
  }

  /** Takes a copy of a message. */
  void set(
      RequestKind kind,
      ReplyRing replies,
      int reservedBytes,
      DirectBuffer buffer,
      int offset,
      int length) {
    final MutableDirectBuffer target =
        length <= LENGTH ? inline : new UnsafeBuffer(new byte[length]);
    target.putBytes(0, buffer, offset, length);
    this.message = target;
    this.length = length;
    this.kind = kind;
    this.replies = replies;
    this.reservedBytes = reservedBytes;
  }

  /** Makes the command an error of this length, already in its message's place. */
  void refuse(int errorLength) {
    kind = RequestKind.REPLY;
    length = errorLength;
  }

  /** Gives up a bulk query's view: it will be answered with an error instead. */
  void discardBulkRead() {
    if (bulkRead != null) {
      bulkRead.discard();
      bulkRead = null;
    }
  }

  /** Forgets the connection and what a long message took. */
  void clear() {
    kind = RequestKind.NONE;
    replies = null;
    bulkRead = null;
    message = inline;
    length = 0;
  }

  MutableDirectBuffer message() {
    return message;
  }

  int length() {
    return length;
  }

  RequestKind kind() {
    return kind;
  }

  ReplyRing replies() {
    return replies;
  }

  int reservedBytes() {
    return reservedBytes;
  }
}
