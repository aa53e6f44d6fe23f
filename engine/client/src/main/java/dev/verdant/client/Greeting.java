package dev.verdant.client;

import dev.verdant.protocol.ConnectionLostException;
import dev.verdant.protocol.codec.ErrorReplyDecoder;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.HelloReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The first exchange of a connection: which schema version both sides speak, and the limits. */
final class Greeting {
  /** Oldest schema version that this client reads. */
  private static final int MIN_VERSION = 2;

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
   * @throws ConnectionLostException if the server has no room now.
   * @throws HandshakeException if the server said no, or something else than an answer.
   */
  static ServerInfo answer(DirectBuffer buffer, int offset, int length) {
    DirectBuffer message = new UnsafeBuffer(buffer, offset, length);
    MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(message, 0);
    if (header.schemaId() != HelloReplyDecoder.SCHEMA_ID) {
      throw new HandshakeException(
          Status.UNSUPPORTED_VERSION, "the server speaks schema " + header.schemaId());
    }
    return switch (header.templateId()) {
      case HelloReplyDecoder.TEMPLATE_ID ->
          agreed(new HelloReplyDecoder().wrapAndApplyHeader(message, 0, header));
      case ErrorReplyDecoder.TEMPLATE_ID -> {
        ErrorReplyDecoder error = new ErrorReplyDecoder().wrapAndApplyHeader(message, 0, header);
        Status status = error.status();
        throw refusal(status, "the server refused: " + status + " " + error.detail());
      }
      default ->
          throw new HandshakeException(
              Status.UNKNOWN_COMMAND, "template " + header.templateId() + " answered the hello");
    };
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
