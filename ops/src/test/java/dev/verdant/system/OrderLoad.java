package dev.verdant.system;

import dev.verdant.client.TcpMessageConnection;
import dev.verdant.protocol.MessageHandler;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.OrderReplyDecoder;
import dev.verdant.protocol.codec.Status;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Pipelines orders of one buyer at one merchant over a connection of its own; each further call
 * goes on with as many new ones.
 */
final class OrderLoad implements Callable<Void> {
  private static final long PARK_NANOS = 50_000;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

  private final int port;
  private final int number;
  private final int count;
  private final UnsafeBuffer message =
      new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + OrderEncoder.BLOCK_LENGTH]);
  private final OrderEncoder encoder = new OrderEncoder();
  private final OrderReplyDecoder decoder = new OrderReplyDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private int sent;
  private long answered;
  private long accepted;
  private long amountSum;

  /**
   * Prepares a load.
   *
   * @param number tells its accounts and ids from those of other loads.
   * @param count of orders in each call.
   */
  OrderLoad(int port, int number, int count) {
    this.port = port;
    this.number = number;
    this.count = count;
  }

  long buyer() {
    return 1_000L + number;
  }

  long merchant() {
    return 2_000L + number;
  }

  /** Orders answered OK, each in its place. */
  long accepted() {
    return accepted;
  }

  /** Amounts sent, in fen. */
  long amountSum() {
    return amountSum;
  }

  @Override
  public Void call() {
    MessageHandler onReply = this::onReply;
    try (TcpMessageConnection connection =
        TcpMessageConnection.connect(ServerUnderTest.HOST, port, CONNECT_TIMEOUT)) {
      encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
      int end = sent + count;
      encode(sent);
      while (answered < end) {
        while (sent < end && connection.offer(message, 0, message.capacity())) {
          amountSum += amount(sent);
          sent++;
          encode(sent);
        }
        if (connection.poll(onReply) == 0) {
          LockSupport.parkNanos(PARK_NANOS);
        }
      }
    }
    return null;
  }

  private void encode(int index) {
    encoder
        .correlationId(index)
        .time(OrderEncoder.timeNullValue())
        .idLow(1 + index)
        .idHigh(1 + number)
        .buyer(buyer())
        .merchant(merchant())
        .amount(amount(index))
        .coupon(0)
        .channel(1);
  }

  private void onReply(DirectBuffer buffer, int offset, int length) {
    decoder.wrapAndApplyHeader(buffer, offset, header);
    if (decoder.correlationId() == answered && decoder.status() == Status.OK) {
      accepted++;
    }
    answered++;
  }

  /** From 100 to 1000 yuan, in fen. */
  private static long amount(int index) {
    return 10_000L * (1 + index % 10);
  }
}
