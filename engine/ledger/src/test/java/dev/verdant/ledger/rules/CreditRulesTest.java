package dev.verdant.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rulebook section 7: what is released becomes coupons as far as the month's room goes. */
class CreditRulesTest extends LedgerHarness {
  private static final long MEMBER = 1;
  private static final long SPENDER = 5;
  private static final long SHOP = 9;

  @BeforeEach
  void openAccounts() {
    configure(
        Map.of(
            "buyer_points_bps", 0,
            "merchant_points_bps", 0,
            "daily_valve_bps", 1_000_000,
            "monthly_valve_bps", 5000));
    pools(new PoolTerms(1, 1000L, 1000, 1, 1), new PoolTerms(2, 1000L, 1000, 1, 1));
    plans(new PlanTerms(1, null, null, null, null, null), new PlanTerms(2, 1000, 50_000, 9, 0, 0));
    consumer(MEMBER);
    consumer(SPENDER);
    merchant(SHOP, 1000);
    at("2025-01-30T10:00");
    order(100, SPENDER, SHOP, 1_000_000);
  }

  /** 20,000 points that release 2000 on the 31st of January. */
  private void releaseTwoThousand(long account) {
    issue(1, account, 20_000, 1, 2);
    at("2025-01-31T00:05");
    assertThat(release(1)).isEqualTo(ran(true, 1, 1000, 2000, 0));
  }

  @Test
  void shouldStayPendingWhenAConsumerHasNotConsumedThisMonth() {
    releaseTwoThousand(MEMBER);
    assertThat(account(MEMBER).pending()).isEqualTo(2000);
    assertThat(account(MEMBER).coupon()).isZero();
    assertThat(books("COUPON", "PENDING")).isEqualTo(2000);
  }

  @Test
  void shouldCreditAMerchantInFullWhenItsPointsRelease() {
    releaseTwoThousand(SHOP);
    assertThat(account(SHOP).pending()).isZero();
    assertThat(account(SHOP).coupon()).isEqualTo(2000);
    assertThat(account(SHOP).monthCredited()).isZero();
  }

  @Test
  void shouldUnlockPendingCouponsAfterTheOrderWhenItsConsumptionMakesRoom() {
    releaseTwoThousand(MEMBER);
    order(2, MEMBER, SHOP, 3001);
    // Half of 3001, floored.
    assertThat(account(MEMBER).coupon()).isEqualTo(1500);
    assertThat(account(MEMBER).monthCredited()).isEqualTo(1500);
    assertThat(account(MEMBER).pending()).isEqualTo(500);
  }

  @Test
  void shouldStartTheMonthWithEmptyFiguresAndKeepPendingWhenAMonthEnds() {
    releaseTwoThousand(MEMBER);
    order(2, MEMBER, SHOP, 3001);
    at("2025-02-01T00:05");
    release(2);
    assertThat(account(MEMBER).monthConsumption()).isZero();
    assertThat(account(MEMBER).monthCredited()).isZero();
    assertThat(account(MEMBER).pending()).isEqualTo(500);
    assertThat(account(MEMBER).coupon()).isEqualTo(1500);
  }

  @Test
  void shouldCreditWithinTheOldMonthWhenNobodyTouchedTheAccountBeforeItsEnd() {
    issue(1, MEMBER, 20_000, 1, 2);
    order(2, MEMBER, SHOP, 3000);
    at("2025-01-31T00:05");
    release(1);
    at("2025-03-05T12:00");
    // January's room was 1500; in March nothing has been consumed.
    assertThat(release(2)).isEqualTo(ran(false, 0, 0, 0, 0));
    assertThat(account(MEMBER).coupon()).isEqualTo(1500);
    assertThat(account(MEMBER).pending()).isEqualTo(500);
    assertThat(account(MEMBER).monthCredited()).isZero();
  }

  @Test
  void shouldUseTheNewMonthlyValveOnlyFromTheNextMonthWhenItChanges() {
    releaseTwoThousand(MEMBER);
    configure(Map.of("monthly_valve_bps", 1000));
    order(2, MEMBER, SHOP, 1000);
    assertThat(account(MEMBER).coupon()).isEqualTo(500);
    at("2025-02-01T00:05");
    order(3, MEMBER, SHOP, 1000);
    assertThat(account(MEMBER).coupon()).isEqualTo(600);
  }

  @Test
  void shouldGiveNothingWhenRefundsHaveEatenTheMonthsConsumption() {
    order(2, MEMBER, SHOP, 1000);
    at("2025-02-01T00:00");
    order(3, MEMBER, SHOP, 900);
    refund(4, 2, 1000);
    assertThat(account(MEMBER).monthConsumption()).isEqualTo(-100);
    issue(1, MEMBER, 20_000, 1, 2);
    order(101, SPENDER, SHOP, 1_000_000);
    at("2025-02-02T00:05");
    release(1);
    assertThat(account(MEMBER).pending()).isEqualTo(2000);
    order(5, MEMBER, SHOP, 300);
    assertThat(account(MEMBER).coupon()).isEqualTo(100);
  }
}
