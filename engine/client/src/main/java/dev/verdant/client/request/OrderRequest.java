package dev.verdant.client.request;

import dev.verdant.client.result.OrderResult;
import dev.verdant.client.result.Reply;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * A purchase (rulebook section 4).
 *
 * @param id of this transaction.
 * @param buyer account of the buyer.
 * @param merchant account of the merchant.
 * @param amountFen price in fen, coupons included.
 * @param couponFen what of it coupons pay, in fen.
 * @param channel payment channel of the rest.
 * @param timeMillis in milliseconds since the epoch, or {@link #NO_TIME}.
 */
public record OrderRequest(
    TransactionId id,
    long buyer,
    long merchant,
    long amountFen,
    long couponFen,
    int channel,
    long timeMillis)
    implements Request<OrderResult> {
  /** The payment channel where none is named. */
  public static final int DEFAULT_CHANNEL = 1;

  /** An order paid in cash through channel 1. */
  public static OrderRequest of(TransactionId id, long buyer, long merchant, long amountFen) {
    return new OrderRequest(id, buyer, merchant, amountFen, 0, DEFAULT_CHANNEL, NO_TIME);
  }

  /** The same with part of the amount paid by coupons, in fen. */
  public OrderRequest withCoupon(long couponFen) {
    return new OrderRequest(id, buyer, merchant, amountFen, couponFen, channel, timeMillis);
  }

  /** The same through another payment channel. */
  public OrderRequest withChannel(int channel) {
    return new OrderRequest(id, buyer, merchant, amountFen, couponFen, channel, timeMillis);
  }

  /** The same at a time of its own, in milliseconds since the epoch. */
  public OrderRequest at(long timeMillis) {
    return new OrderRequest(id, buyer, merchant, amountFen, couponFen, channel, timeMillis);
  }

  @Override
  public int encode(MutableDirectBuffer buffer, int offset, long correlationId) {
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new OrderEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .correlationId(correlationId)
            .time(timeMillis)
            .idLow(id.low())
            .idHigh(id.high())
            .buyer(buyer)
            .merchant(merchant)
            .amount(amountFen)
            .coupon(couponFen)
            .channel(channel)
            .encodedLength();
  }

  @Override
  public OrderResult decode(Reply reply) {
    return OrderResult.decode(reply);
  }
}
