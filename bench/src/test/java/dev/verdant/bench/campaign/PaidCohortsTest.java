package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.load.InProcessTarget;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.Profile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a ledger of both of whose pools every day pays one cohort more. */
class PaidCohortsTest {
  private static final int REQUESTS_A_DAY = 5_000;

  private final InProcessTarget target = new InProcessTarget();
  private final Trade trade = new Trade(target, Profile.skewed(500), REQUESTS_A_DAY);

  @BeforeEach
  void open() {
    trade.open();
    tradeADay();
    tradeADay();
  }

  @AfterEach
  void close() {
    trade.close();
    target.close();
  }

  private void tradeADay() {
    trade.tradeADay(new Timeline());
  }

  @Test
  void shouldCountTheCohortsOfEachPoolThatAReleasePays() {
    PaidCohorts paid = new PaidCohorts(target.ledger(), 1);
    tradeADay();
    paid.count();
    assertThat(paid.text()).isEqualTo("2 and 2");
    tradeADay();
    paid.count();
    assertThat(paid.text()).isEqualTo("2 to 3 and 2 to 3");
  }

  @Test
  void shouldVoidAReleaseThatPaysFewerThanItMust() {
    PaidCohorts paid = new PaidCohorts(target.ledger(), 10);
    tradeADay();
    assertThatThrownBy(paid::count)
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining("cohorts paid by pool 1: ");
  }
}
