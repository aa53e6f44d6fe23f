package dev.verdant.ledger.message;

import static dev.verdant.ledger.message.LittleEndian.getLong;

import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.RefundDecoder;

/** The fields of a refund where it lies, by the address of its SBE header. */
public final class RefundMessage {
  private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

  /** In bytes, header included. */
  public static final int LENGTH = HEADER_LENGTH + RefundDecoder.BLOCK_LENGTH;

  private RefundMessage() {}

  public static long correlationId(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.correlationIdEncodingOffset());
  }

  public static long time(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.timeEncodingOffset());
  }

  public static long idLow(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.idLowEncodingOffset());
  }

  public static long idHigh(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.idHighEncodingOffset());
  }

  public static long orderLow(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.orderLowEncodingOffset());
  }

  public static long orderHigh(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.orderHighEncodingOffset());
  }

  public static long amount(long refund) {
    return getLong(refund + HEADER_LENGTH + RefundDecoder.amountEncodingOffset());
  }
}
