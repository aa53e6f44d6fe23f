package dev.verdant.client.request;

import dev.verdant.client.result.AccountResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.PayoutBalance;
import dev.verdant.protocol.codec.PayoutEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Pays a balance out of custody (rulebook section 8).
 *
 * @param id of this transaction.
 * @param account whose balance is paid out.
 * @param balance payable or commission.
 * @param amountFen in fen.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record PayoutRequest(
    TransactionId id, long account, PayoutBalance balance, long amountFen, long timeMillis)
    implements Request<AccountResult> {
  /** A payout. */
  public static PayoutRequest of(
      TransactionId id, long account, PayoutBalance balance, long amountFen) {
    return new PayoutRequest(id, account, balance, amountFen, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public PayoutRequest at(long timeMillis) {
    return new PayoutRequest(id, account, balance, amountFen, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new PayoutEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .account(account)
            .amount(amountFen)
            .balance(balance)
            .encodedLength();
  }

  @Override
  public AccountResult decode(Reply reply) {
    return AccountResult.decode(reply);
  }
}
