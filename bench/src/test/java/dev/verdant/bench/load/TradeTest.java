package dev.verdant.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.workload.ControlMessages;
import dev.verdant.bench.workload.Profile;
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
}
