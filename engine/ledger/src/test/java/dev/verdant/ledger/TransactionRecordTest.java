package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.AccountKind;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OpenAccountDecoder;
import dev.verdant.protocol.codec.OpenAccountEncoder;
import dev.verdant.protocol.codec.OrderEncoder;
import dev.verdant.protocol.codec.Status;
import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** New records are not zeroed, so whoever appends one writes all of it. */
class TransactionRecordTest {
  private static final long BUYER = 1001;
  private static final long MERCHANT = 5001;
  private static final long TIME = 1_767_600_000_000L;

  private final Memory memory = new Memory();
  private final LedgerState state = new LedgerState(memory);
  private final CatchUp catchUp = new CatchUp(state);
  private final AccountRules accountRules = new AccountRules(state, catchUp);
  private final OrderRules orderRules =
      new OrderRules(
          state, new Lookahead(state), new ExactlyOnce(state), catchUp, new PointIssuer(state));
  private final UnsafeBuffer message = new UnsafeBuffer(ByteBuffer.allocateDirect(256));
  private long lastId;

  @AfterEach
  void close() {
    memory.close();
  }

  private void open(long account, AccountKind kind) {
    final OpenAccountEncoder open =
        new OpenAccountEncoder()
            .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
            .account(account)
            .kind(kind)
            .concessionBps(2000);
    open.fields().clear().concessionBps(kind == AccountKind.MERCHANT);
    assertThat(
            accountRules.apply(
                new OpenAccountDecoder()
                    .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())))
        .isEqualTo(Status.OK);
  }

  private Status order(long coupon) {
    new OrderEncoder()
        .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
        .idLow(++lastId)
        .idHigh(7)
        .buyer(BUYER)
        .merchant(MERCHANT)
        .amount(10_000)
        .coupon(coupon)
        .channel(1);
    return orderRules.apply(message.addressOffset());
  }

  /** The record of an order in whose place every bit was set, and none. */
  private byte[] recordOver(byte before, long coupon, Status expected) {
    final int slot = state.transactions.end();
    UnsafeApi.setMemory(state.transactions.read(slot), Transactions.RECORD_BYTES, before);
    lastId = 100;
    assertThat(order(coupon)).isEqualTo(expected);
    final byte[] record = new byte[Transactions.RECORD_BYTES];
    new UnsafeBuffer(state.transactions.read(slot), record.length).getBytes(0, record);
    return record;
  }

  private static byte[] recordOfANewLedgerOver(byte before, long coupon, Status expected) {
    final TransactionRecordTest ledger = new TransactionRecordTest();
    try {
      ledger.state.advance(TIME);
      ledger.open(BUYER, AccountKind.CONSUMER);
      ledger.open(MERCHANT, AccountKind.MERCHANT);
      assertThat(ledger.order(0)).isEqualTo(Status.OK);
      return ledger.recordOver(before, coupon, expected);
    } finally {
      ledger.close();
    }
  }

  @Test
  void shouldWriteAllOfARecordWhateverLayThere() {
    for (final long coupon : new long[] {0, 1}) {
      final Status expected = coupon == 0 ? Status.OK : Status.INSUFFICIENT_COUPONS;
      assertThat(recordOfANewLedgerOver((byte) -1, coupon, expected))
          .as("the record of an order answered %s", expected)
          .isEqualTo(recordOfANewLedgerOver((byte) 0, coupon, expected));
    }
  }
}
