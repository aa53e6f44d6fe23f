package dev.verdant.pipeline;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One bulk query on its way from the ledger stage, which opened its view, to a reader thread. It
 * takes the writer's side of its connection's reply ring along, as {@link ReplyRing} tells.
 */
final class BulkRead {
  private final ReplyRing replies;
  private final int reservedBytes;
  private final UnsafeBuffer query;
  private AgedSnapshot newView;

  /**
   * Takes a copy of the query.
   *
   * @param newView to be answered from; null if the query names one that its connection has.
   */
  BulkRead(
      ReplyRing replies,
      int reservedBytes,
      DirectBuffer message,
      int length,
      AgedSnapshot newView) {
    this.replies = replies;
    this.reservedBytes = reservedBytes;
    this.newView = newView;
    query = new UnsafeBuffer(new byte[length]);
    query.putBytes(0, message, 0, length);
  }

  ReplyRing replies() {
    return replies;
  }

  UnsafeBuffer query() {
    return query;
  }

  /** Hands over the view that was opened for the query, whoever takes it must close it. */
  AgedSnapshot takeNewView() {
    final AgedSnapshot taken = newView;
    newView = null;
    return taken;
  }

  /** Lets go of the view: the query is answered otherwise. */
  void discard() {
    if (newView != null) {
      newView.snapshot().close();
      newView = null;
    }
  }

  /** Publishes the reply of this length, and with it gives the reply ring back. */
  void answer(int replyLength) {
    replies.append(replyLength, reservedBytes);
    replies.stage(replies.position(), reservedBytes);
    replies.publish();
  }
}
