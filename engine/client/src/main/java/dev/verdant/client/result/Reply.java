package dev.verdant.client.result;

import dev.verdant.protocol.Frame;
import dev.verdant.protocol.codec.CommandReplyDecoder;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.ErrorReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * A reply as it came: one SBE message, read within its own bounds whatever its header claims.
 *
 * <p>A flyweight; valid only as long as the bytes under it, and for one thread.
 */
public final class Reply {
  private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private boolean resent;

  /**
   * Looks at a reply.
   *
   * @param buffer holds the message.
   * @param offset of its SBE header.
   * @param length in bytes, header included.
   * @param resent whether the request had been sent more than once.
   * @return this.
   */
  public Reply wrap(DirectBuffer buffer, int offset, int length, boolean resent) {
    this.message.wrap(buffer, offset, length);
    this.header.wrap(message, 0);
    this.resent = resent;
    return this;
  }

  /** A reply that the client gives itself, in place of a server it did not ask. */
  public static Reply local(Status status, String detail) {
    UnsafeBuffer buffer =
        new UnsafeBuffer(
            new byte
                [MessageHeaderEncoder.ENCODED_LENGTH
                    + ErrorReplyEncoder.BLOCK_LENGTH
                    + ErrorReplyEncoder.detailHeaderLength()
                    + detail.length()]);
    new ErrorReplyEncoder()
        .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
        .correlationId(0)
        .status(status)
        .detail(detail);
    return new Reply().wrap(buffer, 0, buffer.capacity(), false);
  }

  /** Template of the message. */
  public int templateId() {
    return header.templateId();
  }

  /** Correlation id of the request; the first field of every message. */
  public long correlationId() {
    return Frame.correlationId(message, 0);
  }

  /** The reply in words, for the message of an error; as far as it can be read. */
  public String describe() {
    if (templateId() == ErrorReplyDecoder.TEMPLATE_ID) {
      try {
        ErrorReplyDecoder decoder = read(new ErrorReplyDecoder());
        return decoder.status() + " " + detail(decoder);
      } catch (RuntimeException e) {
        return "an unreadable error in reply to request " + correlationId();
      }
    }
    return "a reply of template " + templateId() + " to request " + correlationId();
  }

  /** Puts a decoder on the message, by the version and block length that the message names. */
  public <D extends MessageDecoderFlyweight> D read(D decoder) {
    decoder.wrap(
        message, MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
    return decoder;
  }

  /** The outcome of a reply whose fields have been read. */
  Outcome outcome(Status status, long sequence) {
    boolean ownDuplicate = resent && status == Status.DUPLICATE;
    return new Outcome(ownDuplicate ? Status.OK : status, sequence, resent, "");
  }

  /**
   * The outcome of a reply that carries nothing but one: a command reply or an error.
   *
   * @throws IllegalArgumentException if it is of another kind.
   */
  Outcome bareOutcome() {
    if (templateId() == CommandReplyDecoder.TEMPLATE_ID) {
      CommandReplyDecoder decoder = read(new CommandReplyDecoder());
      return outcome(decoder.status(), decoder.sequence());
    }
    if (templateId() == ErrorReplyDecoder.TEMPLATE_ID) {
      ErrorReplyDecoder decoder = read(new ErrorReplyDecoder());
      return new Outcome(decoder.status(), 0, resent, detail(decoder));
    }
    throw new IllegalArgumentException("template " + templateId() + " does not answer the request");
  }

  /** The codec makes room for as many bytes as the message claims, however few there are. */
  private String detail(ErrorReplyDecoder decoder) {
    int left = message.capacity() - decoder.limit() - ErrorReplyDecoder.detailHeaderLength();
    int claimed = decoder.detailLength();
    if (claimed < 0 || claimed > left) {
      throw new IllegalArgumentException(
          "an error's detail of "
              + Integer.toUnsignedString(claimed)
              + " bytes, of which there are "
              + left);
    }
    return decoder.detail();
  }
}
