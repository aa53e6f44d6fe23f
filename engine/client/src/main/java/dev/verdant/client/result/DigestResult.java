package dev.verdant.client.result;

import dev.verdant.protocol.codec.DigestQueryReplyDecoder;

/**
 * The digest of the whole state: equal for equal lists of commands.
 *
 * @param outcome what became of the query; its sequence is the digest's.
 * @param high bits 64 to 127.
 * @param low bits 0 to 63.
 * @param timeMillis engine time in milliseconds since the epoch.
 * @param ageMillis since the view was the newest state.
 */
public record DigestResult(Outcome outcome, long high, long low, long timeMillis, long ageMillis)
    implements Result {
  /** Reads a reply. */
  public static DigestResult decode(Reply reply) {
    if (reply.templateId() != DigestQueryReplyDecoder.TEMPLATE_ID) {
      return new DigestResult(reply.bareOutcome(), 0, 0, 0, 0);
    }
    DigestQueryReplyDecoder decoder = reply.read(new DigestQueryReplyDecoder());
    return new DigestResult(
        reply.outcome(decoder.status(), decoder.sequence()),
        decoder.digestHigh(),
        decoder.digestLow(),
        decoder.time(),
        decoder.age());
  }
}
