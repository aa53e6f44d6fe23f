package dev.verdant.client.result;

import dev.verdant.protocol.codec.SequenceQueryReplyDecoder;
import java.util.OptionalInt;

/**
 * How far the ledger has come, and which transaction ids it remembers.
 *
 * @param outcome what became of the query; its sequence is the last one applied.
 * @param timeMillis engine time in milliseconds since the epoch.
 * @param businessOffsetMinutes offset of the business day from UTC, as the program has it.
 * @param firstRememberedDay business day since the epoch: the ledger has forgotten no id of it or
 *     of a later day. Empty before the first command, and where {@code orderWindowDays} is.
 * @param orderWindowDays business days for which the program in force has ids remembered; empty
 *     where the server does not tell, as before version 3 of the schema.
 */
public record SequenceResult(
    Outcome outcome,
    long timeMillis,
    int businessOffsetMinutes,
    OptionalInt firstRememberedDay,
    OptionalInt orderWindowDays)
    implements Result {
  /** Reads a reply. */
  public static SequenceResult decode(Reply reply) {
    if (reply.templateId() != SequenceQueryReplyDecoder.TEMPLATE_ID) {
      return new SequenceResult(
          reply.bareOutcome(), 0, 0, OptionalInt.empty(), OptionalInt.empty());
    }
    SequenceQueryReplyDecoder decoder = reply.read(new SequenceQueryReplyDecoder());
    return new SequenceResult(
        reply.outcome(decoder.status(), decoder.sequence()),
        decoder.time(),
        decoder.businessOffsetMinutes(),
        given(
            decoder.firstRememberedDay(), SequenceQueryReplyDecoder.firstRememberedDayNullValue()),
        given(decoder.orderWindowDays(), SequenceQueryReplyDecoder.orderWindowDaysNullValue()));
  }

  private static OptionalInt given(int value, int nullValue) {
    return value == nullValue ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
