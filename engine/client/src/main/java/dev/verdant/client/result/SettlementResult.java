package dev.verdant.client.result;

import dev.verdant.protocol.codec.SettlementReplyDecoder;
import java.util.Optional;

/**
 * The answer to a settlement.
 *
 * @param outcome what became of it.
 * @param balances as they stand after the command, also after a rejection; empty where the answer
 *     carries none.
 */
public record SettlementResult(Outcome outcome, Optional<Balances> balances) implements Result {
  /** Reads a reply. */
  public static SettlementResult decode(Reply reply) {
    if (reply.templateId() != SettlementReplyDecoder.TEMPLATE_ID) {
      return new SettlementResult(reply.bareOutcome(), Optional.empty());
    }
    SettlementReplyDecoder decoder = reply.read(new SettlementReplyDecoder());
    return new SettlementResult(
        reply.outcome(decoder.status(), decoder.sequence()),
        Optional.of(new Balances(decoder.clearing(), decoder.custody())));
  }

  /**
   * What channels owe and custody holds.
   *
   * @param clearingFen owed by all channels.
   * @param custodyFen held in custody.
   */
  public record Balances(long clearingFen, long custodyFen) {}
}
