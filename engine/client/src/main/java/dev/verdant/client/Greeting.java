package dev.verdant.client;

import dev.verdant.client.result.Reply;
import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.HelloReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The first exchange of a connection: which schema version both sides speak, and the limits. */
final class Greeting {
  /**
   * Oldest schema version that this client speaks. Its requests must be those of the newest, whose
   * encoders write them for every server.
   */
  static final int MIN_VERSION = 2;

  private Greeting() {}

  /** The hello of this client. */
  static DirectBuffer hello() {
    UnsafeBuffer message =
        new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + HelloEncoder.BLOCK_LENGTH]);
    new HelloEncoder()
        .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
        .correlationId(0)
        .minVersion(MIN_VERSION)
        .maxVersion(HelloEncoder.SCHEMA_VERSION);
    return message;
  }

  /**
   * Reads the answer.
   *
   * @throws ConnectionLostException if the server has no room now, or said something that is no
   *     answer.
   * @throws HandshakeException if the server said no.
   */
  static ServerInfo answer(DirectBuffer buffer, int offset, int length) {
    Reply reply = new Reply().wrap(buffer, offset, length, false);
    try {
      return switch (reply.templateId()) {
        case HelloReplyDecoder.TEMPLATE_ID -> agreed(reply.read(new HelloReplyDecoder()));
        case ErrorReplyDecoder.TEMPLATE_ID ->
            throw refusal(
                reply.read(new ErrorReplyDecoder()).status(),
                "the server refused: " + reply.describe());
        default -> throw new ConnectionLostException(reply.describe() + " answered the hello");
      };
    } catch (IndexOutOfBoundsException e) {
      throw new ConnectionLostException(
          "the answer to the hello is cut short: " + reply.describe(), e);
    }
  }

  /** A server that cannot now may do so later; one that does not understand will not. */
  private static RuntimeException refusal(Status status, String message) {
    return switch (status) {
      case BUSY, SHUTTING_DOWN, ENGINE_FAILED -> new ConnectionLostException(message);
      default -> new HandshakeException(status, message);
    };
  }

  private static ServerInfo agreed(HelloReplyDecoder reply) {
    if (reply.status() != Status.OK) {
      throw refusal(reply.status(), "the server refused: " + reply.status());
    }
    return new ServerInfo(
        reply.version(),
        reply.clock(),
        reply.durability(),
        (int) Math.min(reply.maxFrameLength(), Integer.MAX_VALUE),
        (int) Math.max(1, Math.min(reply.maxInFlight(), Integer.MAX_VALUE)),
        reply.sequence(),
        reply.time());
  }
}
