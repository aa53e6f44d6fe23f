package dev.verdant.pipeline;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.MessageValidator;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.HelloDecoder;
import dev.verdant.protocol.codec.HelloReplyDecoder;
import dev.verdant.protocol.codec.HelloReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.PingDecoder;
import dev.verdant.protocol.codec.PongEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fills claimed slots: validates a message, and makes it a command, a query, or a reply that goes
 * out in its place in the order. One for each producer thread.
 */
public final class RequestWriter {
  private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

  private final SessionTerms terms;
  private final EngineState state;
  private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[RequestSlot.LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ErrorReplies errors = new ErrorReplies();
  private final PongEncoder pong = new PongEncoder();
  private final HelloDecoder hello = new HelloDecoder();
  private final HelloReplyEncoder helloReply = new HelloReplyEncoder();

  RequestWriter(SessionTerms terms, EngineState state) {
    this.terms = terms;
    this.state = state;
  }

  /**
   * Fills a slot with a request.
   *
   * @param reservedBytes of the reply ring, given back with the reply.
   * @param length of the message in bytes, at least {@link Frame#MIN_MESSAGE_LENGTH}.
   * @return OK, or the status with which the request will be refused.
   */
  public Status write(
      RequestSlot slot,
      ReplyRing replies,
      int reservedBytes,
      DirectBuffer buffer,
      int offset,
      int length) {
    final Status status = check(buffer, offset, length);
    if (status != Status.OK) {
      refuse(slot, replies, reservedBytes, Frame.correlationId(buffer, offset), status);
      return status;
    }
    final int templateId = Messages.templateId(buffer, offset);
    final RequestKind kind = kindOf(templateId);
    if (kind != RequestKind.NONE) {
      slot.set(kind, replies, reservedBytes, buffer, offset, length);
      return Status.OK;
    } else if (templateId == PingDecoder.TEMPLATE_ID) {
      pong.wrapAndApplyHeader(scratch, 0, header)
          .correlationId(Frame.correlationId(buffer, offset))
          .sequence(0);
      setReply(
          RequestKind.PONG, slot, replies, reservedBytes, HEADER_LENGTH + pong.encodedLength());
      return Status.OK;
    }
    return greet(slot, replies, reservedBytes, buffer, offset);
  }

  /** Fills a slot with an error in answer to a request that goes no further. */
  public void refuse(
      RequestSlot slot, ReplyRing replies, int reservedBytes, long correlationId, Status status) {
    setReply(
        RequestKind.REPLY,
        slot,
        replies,
        reservedBytes,
        errors.encode(scratch, 0, correlationId, status));
  }

  /** What the ledger stage does with messages of this template; NONE for those of the session. */
  private static RequestKind kindOf(int templateId) {
    if (Messages.isCommand(templateId)) {
      return RequestKind.COMMAND;
    } else if (Messages.isQuery(templateId)) {
      return Messages.isBulkQuery(templateId) ? RequestKind.BULK_QUERY : RequestKind.QUERY;
    }
    return Messages.isSnapshotRequest(templateId) ? RequestKind.SNAPSHOT : RequestKind.NONE;
  }

  private Status check(DirectBuffer buffer, int offset, int length) {
    final Status status = MessageValidator.validate(buffer, offset, length);
    if (status != Status.OK) {
      return status;
    }
    final RequestKind kind = kindOf(Messages.templateId(buffer, offset));
    if (kind != RequestKind.NONE && !state.isRunning()) {
      return Status.SHUTTING_DOWN;
    }
    return kind == RequestKind.COMMAND
            && terms.clock() == ClockMode.COMMANDS
            && !Messages.hasTime(buffer, offset)
        ? Status.MALFORMED
        : Status.OK;
  }

  private Status greet(
      RequestSlot slot, ReplyRing replies, int reservedBytes, DirectBuffer buffer, int offset) {
    hello.wrap(
        buffer,
        offset + MessageHeaderDecoder.ENCODED_LENGTH,
        HelloDecoder.BLOCK_LENGTH,
        HelloDecoder.SCHEMA_VERSION);
    final long correlationId = hello.correlationId();
    final int minVersion = hello.minVersion();
    final int version = Math.min(hello.maxVersion(), MessageValidator.MAX_VERSION);
    final boolean agreed = version >= Math.max(minVersion, MessageValidator.MIN_VERSION);
    final Status status = agreed ? Status.OK : Status.UNSUPPORTED_VERSION;
    helloReply
        .wrapAndApplyHeader(scratch, 0, header)
        .correlationId(correlationId)
        .status(status)
        .version(agreed ? version : MessageValidator.MAX_VERSION)
        .clock(terms.clock())
        .durability(terms.durability())
        .maxFrameLength(Frame.MAX_LENGTH)
        .maxInFlight(terms.maxInFlight())
        .sequence(0)
        .time(HelloReplyDecoder.timeNullValue());
    setReply(
        RequestKind.HELLO_REPLY,
        slot,
        replies,
        reservedBytes,
        HEADER_LENGTH + helloReply.encodedLength());
    return status;
  }

  private void setReply(
      RequestKind kind, RequestSlot slot, ReplyRing replies, int reservedBytes, int length) {
    slot.set(kind, replies, reservedBytes, scratch, 0, length);
  }
}
