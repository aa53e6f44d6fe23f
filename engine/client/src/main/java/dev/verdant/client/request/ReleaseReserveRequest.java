package dev.verdant.client.request;

import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.ReleaseReserveEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Moves a merchant's reserve to its payable (rulebook section 8).
 *
 * @param id of this transaction.
 * @param account of a merchant.
 * @param amountFen in fen.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record ReleaseReserveRequest(TransactionId id, long account, long amountFen, long timeMillis)
    implements Request<AccountResult> {
  /** Reserve made payable. */
  public static ReleaseReserveRequest of(TransactionId id, long account, long amountFen) {
    return new ReleaseReserveRequest(id, account, amountFen, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public ReleaseReserveRequest at(long timeMillis) {
    return new ReleaseReserveRequest(id, account, amountFen, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new ReleaseReserveEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .account(account)
            .amount(amountFen)
            .encodedLength();
  }

  @Override
  public AccountResult decode(Reply reply) {
    return AccountResult.decode(reply);
  }
}
