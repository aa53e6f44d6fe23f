package dev.verdant.gateway;

import dev.verdant.pipeline.ReplyReserve;
import dev.verdant.pipeline.ReplyRing;
import dev.verdant.pipeline.RequestRing;
import dev.verdant.pipeline.RequestSlot;
import dev.verdant.pipeline.RequestWriter;
import dev.verdant.protocol.Frame;
import dev.verdant.protocol.Limits;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;

/**
 * Moves a connection's requests from its input into the ring: whole frames only, as many as the
 * ring and the room for replies take, with one claim. Sees to it that a hello comes first. Ends,
 * with an error as its last reply, where the bytes cannot be understood any further.
 */
final class RequestIntake {
  /** Most requests claimed at once. */
  private static final int MAX_CLAIM = 512;

  private final RequestRing ring;
  private final RequestWriter writer;
  private final ReplyRing replies;
  private final InputBuffer input;
  private int takenRequests;
  private int takenBytes;
  private boolean tookBulkQuery;
  private boolean greeted;
  private boolean ringFull;
  private boolean ended;

  RequestIntake(RequestRing ring, RequestWriter writer, ReplyRing replies, InputBuffer input) {
    this.ring = ring;
    this.writer = writer;
    this.replies = replies;
    this.input = input;
  }

  /** Whether a hello has been agreed to. */
  boolean isGreeted() {
    return greeted;
  }

  /** Whether the ring had no room when it was last asked for. */
  boolean isRingFull() {
    return ringFull;
  }

  /** Whether no more will be taken. */
  boolean hasEnded() {
    return ended;
  }

  /** Takes no more, and forgets what has been read. */
  void end() {
    ended = true;
    input.clear();
  }

  /** Moves as many buffered requests into the ring as both have room for; returns how many. */
  int take() {
    final int wanted = countTakeable();
    if (wanted == 0) {
      return 0;
    }
    int count = wanted;
    long last = ring.tryClaim(count);
    while (last == RequestRing.FULL && count > 1) {
      count >>= 1;
      last = ring.tryClaim(count);
    }
    ringFull = last == RequestRing.FULL;
    if (ringFull) {
      return 0;
    }
    final long first = last - count + 1;
    try {
      for (long place = first; place <= last && !ended; place++) {
        take(ring.slot(place));
      }
    } finally {
      replies.reserve(takenRequests, takenBytes);
      if (tookBulkQuery) {
        replies.holdUntilAnswered();
        tookBulkQuery = false;
      }
      takenRequests = 0;
      takenBytes = 0;
      ring.publishQuietly(first, last);
    }
    return count;
  }

  /** Frames at the start of the input that are whole and whose replies have room. */
  private int countTakeable() {
    final DirectBuffer buffer = input.view();
    final int end = input.end();
    int frame = input.start();
    if (end - frame < Frame.LENGTH_PREFIX) {
      return 0;
    }
    final int maxCount = Math.min(MAX_CLAIM, replies.freeRequests());
    int count = 0;
    int freeBytes = replies.freeBytes();
    while (count < maxCount && end - frame >= Frame.LENGTH_PREFIX) {
      final int message = frame + Frame.LENGTH_PREFIX;
      final int length = Frame.messageLength(buffer, frame);
      final boolean lies = !Frame.isPossibleLength(length);
      if (!lies && length > end - message) {
        break;
      }
      freeBytes -= lies ? ReplyReserve.ERROR : ReplyReserve.of(buffer, message, length);
      if (freeBytes < 0) {
        break;
      }
      count++;
      if (lies || Messages.isBulkQuery(Messages.templateId(buffer, message))) {
        break;
      }
      frame = message + length;
    }
    return count;
  }

  private void take(RequestSlot slot) {
    final DirectBuffer buffer = input.view();
    final int message = input.start() + Frame.LENGTH_PREFIX;
    final int length = Frame.messageLength(buffer, input.start());
    if (!Frame.isPossibleLength(length)) {
      final boolean tooLarge = length < 0 || length > Limits.MAX_MESSAGE_LENGTH;
      refuse(slot, 0, tooLarge ? Status.FRAME_TOO_LARGE : Status.MALFORMED);
      return;
    }
    final boolean hello = Messages.templateId(buffer, message) == HelloDecoder.TEMPLATE_ID;
    if (Messages.schemaId(buffer, message) != MessageHeaderDecoder.SCHEMA_ID) {
      refuse(slot, Frame.correlationId(buffer, message), Status.UNSUPPORTED_VERSION);
      return;
    }
    if (!greeted && !hello) {
      refuse(slot, Frame.correlationId(buffer, message), Status.HELLO_REQUIRED);
      return;
    }
    final int reserve = ReplyReserve.of(buffer, message, length);
    final Status status = writer.write(slot, replies, reserve, buffer, message, length);
    count(reserve);
    tookBulkQuery = Messages.isBulkQuery(Messages.templateId(buffer, message));
    input.take(message + length);
    if (hello) {
      greeted |= status == Status.OK;
      if (!greeted || status == Status.UNSUPPORTED_VERSION) {
        end();
      }
    }
  }

  /** Answers an error after which the connection closes. */
  private void refuse(RequestSlot slot, long correlationId, Status status) {
    writer.refuse(slot, replies, ReplyReserve.ERROR, correlationId, status);
    count(ReplyReserve.ERROR);
    end();
  }

  private void count(int reserve) {
    takenRequests++;
    takenBytes += reserve;
  }
}
