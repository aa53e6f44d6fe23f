package dev.verdant.client.request;

import dev.verdant.client.result.Reply;
import dev.verdant.client.result.SettlementResult;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.SettleChannelEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * A channel has paid the custody bank (rulebook section 8).
 *
 * @param id of this transaction.
 * @param channel payment channel.
 * @param amountFen in fen.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record SettleChannelRequest(TransactionId id, int channel, long amountFen, long timeMillis)
    implements Request<SettlementResult> {
  /** A settlement. */
  public static SettleChannelRequest of(TransactionId id, int channel, long amountFen) {
    return new SettleChannelRequest(id, channel, amountFen, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public SettleChannelRequest at(long timeMillis) {
    return new SettleChannelRequest(id, channel, amountFen, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new SettleChannelEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .amount(amountFen)
            .channel(channel)
            .encodedLength();
  }

  @Override
  public SettlementResult decode(Reply reply) {
    return SettlementResult.decode(reply);
  }
}
