package dev.verdant.protocol;

import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.AccountReplyEncoder;
import dev.verdant.protocol.codec.ClockMode;
import dev.verdant.protocol.codec.Durability;
import dev.verdant.protocol.codec.HelloEncoder;
import dev.verdant.protocol.codec.HelloReplyEncoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.OrderReplyEncoder;
import dev.verdant.protocol.codec.Status;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** The messages of the example in PROTOCOL.md, its numbers worked out by the rulebook. */
final class WorkedExample {
  static final long SHOP = 2001;
  static final long MEMBER = 1001;
  static final long AMOUNT_FEN = 10_000;
  static final int CONCESSION_BPS = 2_000;

  /** Rulebook section 4, with the program's defaults of section 2. */
  static final long CONCESSION_FEN = AMOUNT_FEN * CONCESSION_BPS / 10_000;

  static final long PAYABLE_FEN = (AMOUNT_FEN - CONCESSION_FEN) * 8_000 / 10_000;
  static final long RESERVE_FEN = AMOUNT_FEN - CONCESSION_FEN - PAYABLE_FEN;
  static final long COINS_CC = CONCESSION_FEN * 10_000 / 10_000;

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  DirectBuffer hello() {
    return message(
        new HelloEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(1)
            .minVersion(2)
            .maxVersion(4));
  }

  DirectBuffer helloReply() {
    return message(
        new HelloReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(1)
            .status(Status.OK)
            .version(4)
            .clock(ClockMode.SYSTEM)
            .durability(Durability.WRITTEN)
            .maxFrameLength(Frame.MAX_LENGTH)
            .maxInFlight(2048)
            .sequence(0)
            .time(HelloReplyEncoder.timeNullValue()));
  }

  DirectBuffer openShop() {
    OpenAccountEncoder encoder = open(2, SHOP, AccountKind.MERCHANT).concessionBps(CONCESSION_BPS);
    encoder.fields().clear().concessionBps(true);
    return message(encoder);
  }

  DirectBuffer openMember() {
    return message(open(3, MEMBER, AccountKind.CONSUMER));
  }

  DirectBuffer opened(long correlationId, long sequence) {
    return message(
        new AccountReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(correlationId)
            .sequence(sequence)
            .status(Status.OK)
            .coupon(0)
            .pending(0)
            .coin(0)
            .payable(0)
            .reserve(0)
            .commission(0)
            .points(0));
  }

  DirectBuffer order() {
    return message(
        new OrderEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(4)
            .time(OrderEncoder.timeNullValue())
            .idLow(900_001)
            .idHigh(0)
            .buyer(MEMBER)
            .merchant(SHOP)
            .amount(AMOUNT_FEN)
            .coupon(0)
            .channel(1));
  }

  DirectBuffer ordered() {
    return message(
        new OrderReplyEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(4)
            .sequence(3)
            .status(Status.OK)
            .buyerCoupon(0)
            .buyerPending(0)
            .buyerCoin(COINS_CC)
            .merchantPayable(PAYABLE_FEN)
            .merchantReserve(RESERVE_FEN));
  }

  private OpenAccountEncoder open(long correlationId, long account, AccountKind kind) {
    OpenAccountEncoder encoder =
        new OpenAccountEncoder()
            .wrapAndApplyHeader(buffer, 0, header)
            .correlationId(correlationId)
            .time(OpenAccountEncoder.timeNullValue())
            .account(account)
            .kind(kind)
            .pool(0)
            .plan(0)
            .concessionBps(0)
            .referrer(0)
            .marketer(0)
            .district(0)
            .provincial(0);
    encoder.fields().clear();
    return encoder;
  }

  private DirectBuffer message(MessageEncoderFlyweight encoder) {
    byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
    buffer.getBytes(0, bytes);
    return new UnsafeBuffer(bytes);
  }
}
