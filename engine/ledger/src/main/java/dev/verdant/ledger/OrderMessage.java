package dev.verdant.ledger;

import static dev.verdant.ledger.LittleEndian.getInt;
import static dev.verdant.ledger.LittleEndian.getLong;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.OrderDecoder;

/** The fields of an order where it lies, by the address of its SBE header. */
final class OrderMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included. */
  static final int LENGTH = HEADER_LENGTH + OrderDecoder.BLOCK_LENGTH;

  private OrderMessage() {}

  static long correlationId(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.correlationIdEncodingOffset());
  }

  static long time(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.timeEncodingOffset());
  }

  static long idLow(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.idLowEncodingOffset());
  }

  static long idHigh(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.idHighEncodingOffset());
  }

  static long buyer(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.buyerEncodingOffset());
  }

  static long merchant(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.merchantEncodingOffset());
  }

  static long amount(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.amountEncodingOffset());
  }

  static long coupon(long order) {
    return getLong(order + HEADER_LENGTH + OrderDecoder.couponEncodingOffset());
  }

  static int channel(long order) {
    return getInt(order + HEADER_LENGTH + OrderDecoder.channelEncodingOffset());
  }
}
