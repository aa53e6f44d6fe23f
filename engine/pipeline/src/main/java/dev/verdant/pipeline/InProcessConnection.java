package dev.verdant.pipeline;

import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.MessageConnection;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.Messages;
import org.agrona.DirectBuffer;

/** A connection within the engine's process. Needs no hello. */
final class InProcessConnection implements MessageConnection {
  private final Engine engine;
  private final RequestRing ring;
  private final RequestWriter writer;
  private final ReplyRing replies;

  /** Lets the engine know when no request can enter the ring any more. */
  private volatile boolean offering;

  private volatile boolean closed;

  InProcessConnection(Engine engine, ReplyRing replies) {
    this.engine = engine;
    this.ring = engine.ring();
    this.writer = engine.newRequestWriter();
    this.replies = replies;
  }

  @Override
  public boolean offer(DirectBuffer buffer, int offset, int length) {
    if (length < Frame.MIN_MESSAGE_LENGTH || length > Limits.MAX_MESSAGE_LENGTH) {
      throw new IllegalArgumentException(
          "message of "
              + length
              + " bytes, not "
              + Frame.MIN_MESSAGE_LENGTH
              + ".."
              + Limits.MAX_MESSAGE_LENGTH);
    }
    offering = true;
    try {
      return tryOffer(buffer, offset, length);
    } finally {
      offering = false;
    }
  }

  private boolean tryOffer(DirectBuffer buffer, int offset, int length) {
    if (closed || engine.isClosed()) {
      throw new ConnectionLostException("the engine is closed");
    }
    final int reserve = ReplyReserve.of(buffer, offset, length);
    if (replies.freeRequests() < 1 || replies.freeBytes() < reserve) {
      return false;
    }
    final long place = ring.tryClaim(1);
    if (place == RequestRing.FULL) {
      return false;
    }
    try {
      writer.write(ring.slot(place), replies, reserve, buffer, offset, length);
      replies.reserve(1, reserve);
      if (Messages.isBulkQuery(Messages.templateId(buffer, offset))) {
        replies.holdUntilAnswered();
      }
    } finally {
      ring.publish(place, place);
    }
    return true;
  }

  /** Whether a request is entering the ring at this moment. Any thread. */
  boolean isOffering() {
    return offering;
  }

  /** Nothing is held back: a request enters the ring when it is offered. */
  @Override
  public void flush() {}

  @Override
  public int poll(MessageHandler handler) {
    // What was taken before the engine closed will be answered before it has ended.
    final boolean lost = closed || engine.hasEnded() || (engine.isClosed() && replies.isAnswered());
    final int count = replies.poll(handler);
    if (lost && count == 0) {
      throw new ConnectionLostException("the engine is closed");
    }
    return count;
  }

  @Override
  public void close() {
    closed = true;
    engine.remove(this, replies);
  }
}
