package dev.verdant.client.result;

import dev.verdant.protocol.codec.PongDecoder;
import dev.verdant.protocol.codec.Status;

/**
 * The answer to a ping; its sequence is the last one applied.
 *
 * @param outcome what became of it.
 */
public record PingResult(Outcome outcome) implements Result {
  /** Reads a reply. */
  public static PingResult decode(Reply reply) {
    if (reply.templateId() != PongDecoder.TEMPLATE_ID) {
      return new PingResult(reply.bareOutcome());
    }
    return new PingResult(reply.outcome(Status.OK, reply.read(new PongDecoder()).sequence()));
  }
}
