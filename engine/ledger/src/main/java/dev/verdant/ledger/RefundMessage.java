package dev.verdant.ledger;

import static dev.verdant.ledger.LittleEndian.getLong;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.RefundDecoder;

/** The fields of a refund where it lies, by the address of its SBE header. */
final class RefundMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included. */
  static final int LENGTH = HEADER_LENGTH + RefundDecoder.BLOCK_LENGTH;

  private RefundMessage() {}

  static long correlationId(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.correlationIdEncodingOffset());
  }

  static long time(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.timeEncodingOffset());
  }

  static long idLow(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.idLowEncodingOffset());
  }

  static long idHigh(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.idHighEncodingOffset());
  }

  static long orderLow(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.orderLowEncodingOffset());
  }

  static long orderHigh(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.orderHighEncodingOffset());
  }

  static long amount(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.amountEncodingOffset());
  }
}
