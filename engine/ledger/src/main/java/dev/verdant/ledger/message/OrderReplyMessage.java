package dev.verdant.ledger.message;

import static dev.verdant.ledger.message.LittleEndian.putLong;
import static dev.verdant.ledger.message.LittleEndian.putShort;

import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderReplyEncoder;
import dev.verdant.protocol.codec.Status;

/** The reply to an order or a refund where it is to lie, by the address of its SBE header. */
public final class OrderReplyMessage {
  private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

  /** In bytes, header included. */
  public static final int LENGTH = HEADER_LENGTH + OrderReplyEncoder.BLOCK_LENGTH;

  private OrderReplyMessage() {}

  /** Writes all but the balances. */
  public static void begin(long reply, long correlationId, long sequence, Status status) {
    putShort(
        reply + MessageHeaderEncoder.blockLengthEncodingOffset(), OrderReplyEncoder.BLOCK_LENGTH);
    putShort(
        reply + MessageHeaderEncoder.templateIdEncodingOffset(), OrderReplyEncoder.TEMPLATE_ID);
    putShort(reply + MessageHeaderEncoder.schemaIdEncodingOffset(), OrderReplyEncoder.SCHEMA_ID);
    putShort(
        reply + MessageHeaderEncoder.versionEncodingOffset(), OrderReplyEncoder.SCHEMA_VERSION);
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.correlationIdEncodingOffset(), correlationId);
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.sequenceEncodingOffset(), sequence);
    putShort(reply + HEADER_LENGTH + OrderReplyEncoder.statusEncodingOffset(), status.value());
  }

  public static void buyer(long reply, long coupon, long pending, long coin) {
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.buyerCouponEncodingOffset(), coupon);
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.buyerPendingEncodingOffset(), pending);
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.buyerCoinEncodingOffset(), coin);
  }

  public static void merchant(long reply, long payable, long reserve) {
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.merchantPayableEncodingOffset(), payable);
    putLong(reply + HEADER_LENGTH + OrderReplyEncoder.merchantReserveEncodingOffset(), reserve);
  }
}
