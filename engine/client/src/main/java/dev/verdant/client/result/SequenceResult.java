package dev.verdant.client.result;

import dev.verdant.protocol.codec.SequenceQueryReplyDecoder;

/**
 * How far the ledger has come.
 *
 * @param outcome what became of the query; its sequence is the last one applied.
 * @param timeMillis engine time in milliseconds since the epoch.
 * @param businessOffsetMinutes offset of the business day from UTC, as the program has it.
 */
public record SequenceResult(Outcome outcome, long timeMillis, int businessOffsetMinutes)
    implements Result {
  /** Reads a reply. */
  public static SequenceResult decode(Reply reply) {
    if (reply.templateId() != SequenceQueryReplyDecoder.TEMPLATE_ID) {
      return new SequenceResult(reply.bareOutcome(), 0, 0);
    }
    SequenceQueryReplyDecoder decoder = reply.read(new SequenceQueryReplyDecoder());
    return new SequenceResult(
        reply.outcome(decoder.status(), decoder.sequence()),
        decoder.time(),
        decoder.businessOffsetMinutes());
  }
}
