package dev.verdant.client.request;

import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.RedeemCoinsEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * A consumer spends coins (rulebook section 8).
 *
 * @param id of this transaction.
 * @param account of a consumer.
 * @param coinsCc in 1/100 coin.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record RedeemCoinsRequest(TransactionId id, long account, long coinsCc, long timeMillis)
    implements Request<AccountResult> {
  /** Coins spent. */
  public static RedeemCoinsRequest of(TransactionId id, long account, long coinsCc) {
    return new RedeemCoinsRequest(id, account, coinsCc, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public RedeemCoinsRequest at(long timeMillis) {
    return new RedeemCoinsRequest(id, account, coinsCc, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new RedeemCoinsEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .account(account)
            .coins(coinsCc)
            .encodedLength();
  }

  @Override
  public AccountResult decode(Reply reply) {
    return AccountResult.decode(reply);
  }
}
