package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.INVALID_AMOUNT;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.ORDER_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.REFUND_EXCEEDS_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import dev.verdant.ledger.model.Terms;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rulebook section 5. */
class RefundRulesTest extends LedgerHarness {
  private static final long BUYER = 1;
  private static final long SHOP = 9;
  private static final long MARKETER = 21;

  @BeforeEach
  void openAccounts() {
    // Points release a tenth of their worth in their only period.
    configure(Map.of("monthly_valve_bps", 10_000, "daily_valve_bps", 10_000));
    pools(new PoolTerms(1, 1L, 1000, 1, 1), new PoolTerms(2, 1_000_000_000L, null, null, null));
    plans(
        new PlanTerms(1, null, null, null, null, null),
        new PlanTerms(2, 1000, 50_000, 1, 0, 0),
        new PlanTerms(3, 1000, 50_000, 9, 0, 0));
    consumer(BUYER);
    open(MARKETER, Kind.MARKETER);
    open(SHOP, Kind.MERCHANT, new Terms(null, null, 1500, null, MARKETER, null, null));
  }

  @Test
  void shouldLeaveNothingBehindWhenAnOrderIsRefundedInOddParts() {
    order(1, BUYER, SHOP, 10_007);
    assertThat(refund(2, 1, 3333)).isEqualTo(OK);
    assertThat(refund(3, 1, 1)).isEqualTo(OK);
    assertThat(refund(4, 1, 6673)).isEqualTo(OK);

    assertThat(account(BUYER).points()).isZero();
    assertThat(account(BUYER).coin()).isZero();
    assertThat(account(BUYER).turnover()).isZero();
    assertThat(account(BUYER).monthConsumption()).isZero();
    assertThat(account(SHOP).payable()).isZero();
    assertThat(account(SHOP).reserve()).isZero();
    assertThat(account(MARKETER).commission()).isZero();
    assertThat(account(MARKETER).turnover()).isZero();
    assertThat(books("CNY", "CHANNEL_CLEARING")).isZero();
    assertThat(books("CNY", "INCENTIVE_FUND")).isZero();
    assertThat(books("CNY", "PLATFORM_REVENUE")).isZero();
    assertThat(pool(1).issued()).isZero();
  }

  @Test
  void shouldGiveBackTheFlooredShareOfEachPartWhenARefundIsPartial() {
    order(1, BUYER, SHOP, 1000);
    refund(2, 1, 333);

    // K 150 -> 49, I 120 -> 39, P 680 -> 226, commission 9 -> 2; reserve 170 - (333 - 49 - 226).
    assertThat(account(SHOP).payable()).isEqualTo(454);
    assertThat(account(SHOP).reserve()).isEqualTo(170 - 58);
    assertThat(account(MARKETER).commission()).isEqualTo(7);
    assertThat(books("CNY", "INCENTIVE_FUND")).isEqualTo(-(120 - 9) + (39 - 2));
    assertThat(books("CNY", "PLATFORM_REVENUE")).isEqualTo(-30 + 10);
    assertThat(account(BUYER).points()).isEqualTo(101);
    assertThat(account(BUYER).coin()).isEqualTo(101);
  }

  @Test
  void shouldTakeReleasedCouponsBackWhenTheirPointsAreTakenBack() {
    update(BUYER, poolAndPlan(1, 3));
    order(1, BUYER, SHOP, 100_000);
    at("2025-01-21T00:05");
    // 15,000 points release 1,500; the month's room is 100,000.
    assertThat(release(1)).isEqualTo(ran(true, 1, 1, 1500, 0));
    assertThat(account(BUYER).coupon()).isEqualTo(1500);

    refund(2, 1, 50_000);

    assertThat(account(BUYER).points()).isEqualTo(7500);
    assertThat(account(BUYER).coupon()).isEqualTo(750);
    assertThat(books("COUPON", "ISSUED")).isEqualTo(-750);
  }

  @Test
  void shouldTakeBackFromPendingFirstWhenTheMonthsRoomWasTooSmall() {
    at("2025-01-31T10:00");
    update(BUYER, poolAndPlan(1, 3));
    order(1, BUYER, SHOP, 100_000);
    at("2025-02-01T00:05");
    release(1);
    order(2, BUYER, SHOP, 1000);
    assertThat(account(BUYER).coupon()).isEqualTo(1000);
    assertThat(account(BUYER).pending()).isEqualTo(500);

    refund(3, 1, 50_000);

    // 750 go: 500 from pending, 250 from coupon.
    assertThat(account(BUYER).pending()).isZero();
    assertThat(account(BUYER).coupon()).isEqualTo(750);
    assertThat(account(BUYER).monthConsumption()).isEqualTo(1000 - 50_000);
  }

  @Test
  void shouldTakeBackWhatAnExitedCohortHadReleasedWhenARefundComesAfterTheExit() {
    update(BUYER, poolAndPlan(1, 2));
    order(1, BUYER, SHOP, 100_000);
    at("2025-01-21T00:05");
    release(1);
    assertThat(account(BUYER).points()).isZero();
    assertThat(books("POINTS", "RETIRED")).isEqualTo(15_000);

    refund(2, 1, 50_000);

    assertThat(account(BUYER).coupon()).isEqualTo(750);
    assertThat(pool(1).issued()).isEqualTo(7500);
    assertThat(books("POINTS", "RETIRED")).isEqualTo(15_000);
    assertThat(books("POINTS", "ISSUED")).isEqualTo(-30_000 + 7500);
  }

  @Test
  void shouldLeaveADebtWhenTheCouponsAreSpentAlready() {
    update(BUYER, poolAndPlan(1, 3));
    order(1, BUYER, SHOP, 100_000);
    at("2025-01-21T00:05");
    release(1);
    order(2, BUYER, SHOP, 1500, 1500, 1);

    refund(3, 1, 100_000);

    assertThat(account(BUYER).coupon()).isEqualTo(-1500);
  }

  @Test
  void shouldReturnTheCouponPartWhenAnOrderPaidWithCouponsIsRefunded() {
    update(BUYER, poolAndPlan(1, 3));
    order(1, BUYER, SHOP, 100_000);
    at("2025-01-21T00:05");
    release(1);
    order(2, BUYER, SHOP, 3000, 1500, 1);

    refund(3, 2, 1000);

    assertThat(account(BUYER).coupon()).isEqualTo(500);
    assertThat(books("COUPON", "REDEEMED")).isEqualTo(1000);
    assertThat(books("CNY", "CHANNEL_CLEARING")).isEqualTo(100_000 + 1500 - 500);
  }

  @Test
  void shouldWorkForFrozenAccountsWhenAnOrderIsRefunded() {
    order(1, BUYER, SHOP, 1000);
    update(BUYER, AccountState.CLOSED);
    update(SHOP, AccountState.FROZEN);
    assertThat(refund(2, 1, 1000)).isEqualTo(OK);
  }

  @Test
  void shouldReturnInvalidAmountWhenNothingIsRefunded() {
    order(1, BUYER, SHOP, 1000);
    assertThat(refund(2, 1, 0)).isEqualTo(INVALID_AMOUNT);
  }

  @Test
  void shouldReturnRefundExceedsOrderWhenMoreIsRefundedThanWasPaid() {
    order(1, BUYER, SHOP, 1000);
    refund(2, 1, 600);
    assertThat(refund(3, 1, 401)).isEqualTo(REFUND_EXCEEDS_ORDER);
    assertThat(refund(4, 1, 400)).isEqualTo(OK);
  }

  @Test
  void shouldReturnOrderNotFoundWhenThereIsNoAcceptedOrderOfThatId() {
    order(1, BUYER, 77, 1000);
    issue(2, BUYER, 1000);
    assertThat(refund(3, 99, 1)).isEqualTo(ORDER_NOT_FOUND);
    assertThat(refund(4, 1, 1)).isEqualTo(ORDER_NOT_FOUND);
    assertThat(refund(5, 2, 1)).isEqualTo(ORDER_NOT_FOUND);
  }

  @Test
  void shouldReturnOrderNotFoundWhenTheOrderIsOlderThanTheWindow() {
    configure(Map.of("order_window_days", 2));
    order(1, BUYER, SHOP, 1000);
    at("2025-01-22T23:59");
    assertThat(refund(2, 1, 500)).isEqualTo(OK);
    at("2025-01-23T00:00");
    assertThat(refund(3, 1, 500)).isEqualTo(ORDER_NOT_FOUND);
  }
}
