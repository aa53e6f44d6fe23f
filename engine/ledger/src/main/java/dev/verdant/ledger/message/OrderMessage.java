package dev.verdant.ledger.message;

import static dev.verdant.ledger.message.LittleEndian.getInt;
import static dev.verdant.ledger.message.LittleEndian.getLong;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;

/** The fields of an order where it lies, by the address of its SBE header. */
public final class OrderMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included. */
  public static final int LENGTH = HEADER_LENGTH + OrderDecoder.BLOCK_LENGTH;

  private OrderMessage() {}

  public static long correlationId(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.correlationIdEncodingOffset());
  }

  public static long time(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.timeEncodingOffset());
  }

  public static long idLow(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.idLowEncodingOffset());
  }

  public static long idHigh(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.idHighEncodingOffset());
  }

  public static long buyer(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.buyerEncodingOffset());
  }

  public static long merchant(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.merchantEncodingOffset());
  }

  public static long amount(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.amountEncodingOffset());
  }

  public static long coupon(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.couponEncodingOffset());
  }

  public static int channel(long order) {
    return getInt(order + HEADER_LENGTH + OrderDecoder.channelEncodingOffset());
  }
}
