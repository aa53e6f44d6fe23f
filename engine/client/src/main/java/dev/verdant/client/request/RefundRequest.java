package dev.verdant.client.request;

import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.RefundEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Gives back part or all of an order (rulebook section 5).
 *
 * @param id of this transaction.
 * @param order the order's id.
 * @param amountFen what is given back, in fen.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record RefundRequest(TransactionId id, TransactionId order, long amountFen, long timeMillis)
    implements Request<OrderResult> {
  /** A refund. */
  public static RefundRequest of(TransactionId id, TransactionId order, long amountFen) {
    return new RefundRequest(id, order, amountFen, NO_TIME);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public RefundRequest at(long timeMillis) {
    return new RefundRequest(id, order, amountFen, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new RefundEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .orderLow(order.low())
            .orderHigh(order.high())
            .amount(amountFen)
            .encodedLength();
  }

  @Override
  public OrderResult decode(Reply reply) {
    return OrderResult.decode(reply);
  }
}
