package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.MessageSource;
import dev.verdant.bench.workload.Profile;
import dev.verdant.protocol.Messages;
import dev.verdant.protocol.codec.AccountQueryReplyDecoder;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.ReleaseReplyDecoder;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class TradeTest {
  private static final int REQUESTS_A_DAY = 20_000;

  @Test
  void shouldBookDaysOfSkewedTradeExactlyWithRefundsAndCoupons() {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, Profile.skewed(2_000), REQUESTS_A_DAY)) {
      trade.open();
      for (int day = 0; day < 4; day++) {
        trade.tradeADay(new Timeline());
        trade.verify();
      }
      assertThat(trade.expected().orders() + trade.expected().refunds())
          .isEqualTo(4L * REQUESTS_A_DAY);
      assertThat(trade.expected().refunds()).isPositive();
      assertThat(trade.expected().couponsFen()).isPositive();
    }
  }

  @Test
  void shouldBookUniformTradeExactly() {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, Profile.uniform(2_000), REQUESTS_A_DAY)) {
      trade.open();
      trade.tradeADay(new Timeline());
      trade.verify();
      assertThat(trade.expected().orders()).isEqualTo(REQUESTS_A_DAY);
    }
  }

  @Test
  void shouldVoidTheFigureWhenTheBooksHoldSomethingElse() {
    try (InProcessTarget target = new InProcessTarget();
        Trade trade = new Trade(target, Profile.uniform(100), REQUESTS_A_DAY)) {
      trade.open();
      target.run(ControlMessages.releases(0), 0, 1, new OkReplies(), new Timeline());
      assertThatThrownBy(trade::verify)
          .isInstanceOf(WrongResultException.class)
          .hasMessageContaining("sequence");
    }
  }

  @Test
  void shouldVoidTheFigureWhenAReplyIsNotOk() {
    try (InProcessTarget target = new InProcessTarget()) {
      assertThatThrownBy(
              () -> target.run(ControlMessages.releases(0), 7, 8, new OkReplies(), new Timeline()))
          .isInstanceOf(WrongResultException.class)
          .hasMessageContaining("POOL_NOT_FOUND");
    }
  }

  @Test
  void shouldVoidTheFigureWhenAccountsDoNotHoldWhatWasBooked() {
    final int coin =
        MessageHeaderDecoder.ENCODED_LENGTH + AccountQueryReplyDecoder.coinEncodingOffset();
    assertThatThrownBy(
            () -> tradeOn(new LyingTarget(AccountQueryReplyDecoder.TEMPLATE_ID, coin, 0)))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("coin: 0 instead of");
  }

  @Test
  void shouldVoidTheFigureWhenWhatWasReleasedReachesNobody() {
    final int coupon =
        MessageHeaderDecoder.ENCODED_LENGTH + AccountQueryReplyDecoder.couponEncodingOffset();
    assertThatThrownBy(
            () -> tradeOn(new LyingTarget(AccountQueryReplyDecoder.TEMPLATE_ID, coupon, 0)))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("nobody got any of it");
  }

  @Test
  void shouldVoidTheFigureWhenAPeriodReleasesNothing() {
    final int released =
        MessageHeaderDecoder.ENCODED_LENGTH + ReleaseReplyDecoder.releasedEncodingOffset();
    assertThatThrownBy(() -> tradeOn(new LyingTarget(ReleaseReplyDecoder.TEMPLATE_ID, released, 0)))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("period 1 wants nothing");
  }

  @Test
  void shouldVoidTheFigureWhenThePoolHasAnotherValue() {
    final int value =
        MessageHeaderDecoder.ENCODED_LENGTH + ReleaseReplyDecoder.valueEncodingOffset();
    assertThatThrownBy(() -> tradeOn(new LyingTarget(ReleaseReplyDecoder.TEMPLATE_ID, value, 7)))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("value: 7 instead of");
  }

  private static void tradeOn(LoadTarget target) {
    try (target;
        Trade trade = new Trade(target, Profile.skewed(2_000), REQUESTS_A_DAY)) {
      trade.open();
      for (int day = 0; day < 4; day++) {
        trade.tradeADay(new Timeline());
      }
      trade.verify();
    }
  }

  /** A ledger of whose replies of one kind one field is always the same. */
  private static final class LyingTarget implements LoadTarget {
    private final InProcessTarget target = new InProcessTarget();
    private final MutableDirectBuffer told = new ExpandableArrayBuffer();
    private final int templateId;
    private final int field;
    private final long lie;

    LyingTarget(int templateId, int field, long lie) {
      this.templateId = templateId;
      this.field = field;
      this.lie = lie;
    }

    @Override
    public long run(
        MessageSource source, long from, long to, ReplyHandler replies, Timeline timeline) {
      return target.run(
          source,
          from,
          to,
          (number, buffer, offset, length) -> {
            told.putBytes(0, buffer, offset, length);
            if (Messages.templateId(told, 0) == templateId) {
              told.putLong(field, lie, ByteOrder.LITTLE_ENDIAN);
            }
            replies.onReply(number, told, 0, length);
          },
          timeline);
    }

    @Override
    public void close() {
      target.close();
    }
  }
}
