package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.ALREADY_RUN;
import static dev.verdant.ledger.model.ModelStatus.DAY_NOT_REACHED;
import static dev.verdant.ledger.model.ModelStatus.DAY_PASSED;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.POOL_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rulebook section 6: points come by issue alone, orders only make the budget. */
class ReleaseRulesTest extends LedgerHarness {
  private static final long MEMBER = 1;
  private static final long SPENDER = 5;
  private static final long SHOP = 9;
  private static final int TWO_PERIODS = 2;
  private static final int CAPPED = 3;
  private static final int FIXED_FIRST = 4;

  /** Pools 1 and 3 open at 10,000 and grow by a tenth; pool 3 waits ten days between periods. */
  @BeforeEach
  void openAccounts() {
    configure(
        Map.of(
            "buyer_points_bps", 0,
            "merchant_points_bps", 0,
            "coin_bps", 0,
            "daily_valve_bps", 10_000,
            "monthly_valve_bps", 10_000));
    pools(
        new PoolTerms(1, 10_000L, 1000, 1, 3),
        new PoolTerms(2, 10_000L, 1000, 1, 3),
        new PoolTerms(3, 10_000L, 1000, 10, 0));
    plans(
        new PlanTerms(1, null, null, null, null, null),
        new PlanTerms(TWO_PERIODS, 1000, 50_000, 2, 0, 0),
        new PlanTerms(CAPPED, 1000, 1500, 40, 0, 0),
        new PlanTerms(FIXED_FIRST, 1000, 50_000, 3, 1, 2000));
    consumer(MEMBER);
    consumer(SPENDER);
    merchant(SHOP, 1000);
  }

  /** Consumption on one day, and on to the next. */
  private void dayOf(long orderId, long consumption, String nextDay) {
    order(orderId, SPENDER, SHOP, consumption);
    at(nextDay + "T00:05");
  }

  @Test
  void shouldOpenNoPeriodWhenThePoolHasNotReachedItsInitialValue() {
    issue(1, MEMBER, 9999, 1, TWO_PERIODS);
    dayOf(100, 1_000_000, "2025-01-21");
    assertThat(release(1)).isEqualTo(ran(false, 0, 0, 0, 0));
  }

  @Test
  void shouldOpenAtTheInitialValueWhenThePoolHasGrownBeyondIt() {
    issue(1, MEMBER, 20_000, 1, TWO_PERIODS);
    dayOf(100, 1_000_000, "2025-01-21");
    assertThat(release(1)).isEqualTo(ran(true, 1, 10_000, 2000, 0));
  }

  @Test
  void shouldReleaseMoreByTheGrowthOfTheValueAndRetireWhenTheLastPeriodIsPaid() {
    issue(1, MEMBER, 20_000, 1, TWO_PERIODS);
    dayOf(100, 1_000_000, "2025-01-21");
    release(1);
    dayOf(101, 1_000_000, "2025-01-22");

    // 10 %, then 11 % at a value of 11,000: growth beyond the target counts for the next.
    assertThat(release(1)).isEqualTo(ran(true, 2, 11_000, 2200, 0));
    assertThat(account(MEMBER).points()).isZero();
    assertThat(account(MEMBER).pending()).isEqualTo(4200);
    assertThat(books("POINTS", "RETIRED")).isEqualTo(20_000);
    assertThat(books("POINTS", "HELD")).isZero();
    assertThat(books("COUPON", "ISSUED")).isEqualTo(-4200);
  }

  @Test
  void shouldWaitForTheShortestIntervalWhenThePoolHasGrownEarly() {
    issue(1, MEMBER, 20_000, 3, TWO_PERIODS);
    dayOf(100, 1_000_000, "2025-01-21");
    release(3);
    dayOf(101, 1_000_000, "2025-01-30");
    assertThat(release(3)).isEqualTo(ran(false, 1, 10_000, 0, 0));
    dayOf(102, 1_000_000, "2025-01-31");
    assertThat(release(3)).isEqualTo(ran(true, 2, 11_000, 2200, 0));
  }

  @Test
  void shouldOpenAtTheActualGrowthWhenTheLongestIntervalHasPassed() {
    issue(1, MEMBER, 10_500, 1, TWO_PERIODS);
    dayOf(100, 1_000_000, "2025-01-21");
    release(1);
    at("2025-01-23T00:05");
    assertThat(release(1)).isEqualTo(ran(false, 1, 10_000, 0, 0));
    dayOf(101, 1_000_000, "2025-01-24");

    // 10.5 % of 10,500 on top of 10 %: floor(10,500 * 0.205) = 2152, less 1050.
    assertThat(release(1)).isEqualTo(ran(true, 2, 10_500, 1102, 0));
  }

  @Test
  void shouldPayAPartAndTheRestTheNextDayWhenTheBudgetIsTooSmall() {
    issue(1, MEMBER, 20_000, 3, TWO_PERIODS);
    dayOf(100, 1000, "2025-01-21");

    // want 2000, usable 1000 less one for the cohort: paid 4.995 %.
    assertThat(release(3)).isEqualTo(ran(true, 1, 10_000, 999, 1001));
    dayOf(101, 5000, "2025-01-22");
    assertThat(release(3)).isEqualTo(ran(false, 1, 10_000, 1001, 0));
  }

  @Test
  void shouldServePoolsFirstComeFirstServedWhenTheyShareADaysBudget() {
    issue(1, MEMBER, 20_000, 1, TWO_PERIODS);
    issue(2, MEMBER, 20_000, 3, TWO_PERIODS);
    dayOf(100, 2500, "2025-01-21");
    assertThat(release(1)).isEqualTo(ran(true, 1, 10_000, 2000, 0));
    assertThat(release(3)).isEqualTo(ran(true, 1, 10_000, 499, 1501));
  }

  @Test
  void shouldReleaseNothingWhenRefundsExceedTheConsumptionOfTheDayBefore() {
    issue(1, MEMBER, 20_000, 1, TWO_PERIODS);
    dayOf(100, 1000, "2025-01-21");
    refund(101, 100, 1000);
    at("2025-01-22T00:05");
    assertThat(release(1)).isEqualTo(ran(true, 1, 10_000, 0, 2000));
  }

  @Test
  void shouldReleaseTheFixedRateFirstWhenThePlanHasFixedPeriods() {
    issue(1, MEMBER, 20_000, 1, FIXED_FIRST);
    dayOf(100, 1_000_000, "2025-01-21");
    assertThat(release(1)).isEqualTo(ran(true, 1, 10_000, 4000, 0));
    dayOf(101, 1_000_000, "2025-01-22");
    // The first release with the pool is its base rate, whatever the value.
    assertThat(release(1)).isEqualTo(ran(true, 2, 11_000, 2000, 0));
    dayOf(102, 1_000_000, "2025-01-23");
    // 10 % * 12,100 / 11,000 = 11 %.
    assertThat(release(1)).isEqualTo(ran(true, 3, 12_100, 2200, 0));
    assertThat(account(MEMBER).points()).isZero();
  }

  @Test
  void shouldReleaseNoMoreThanTheCapWhenThePlanHasOne() {
    issue(1, MEMBER, 20_000, 1, CAPPED);
    dayOf(100, 1_000_000, "2025-01-21");
    release(1);
    dayOf(101, 1_000_000, "2025-01-22");
    assertThat(release(1)).isEqualTo(ran(true, 2, 11_000, 1000, 0));
    assertThat(account(MEMBER).points()).isZero();
  }

  @Test
  void shouldLeaveLaterPointsForTheNextPeriodWhenTheyEnterAfterTheOpening() {
    issue(1, MEMBER, 20_000, 1, TWO_PERIODS);
    dayOf(100, 1_000_000, "2025-01-21");
    release(1);
    issue(2, MEMBER, 10_000, 1, TWO_PERIODS);
    dayOf(101, 1_000_000, "2025-01-22");
    // 11 % of the first 20,000 and the first 10 % of the later 10,000.
    assertThat(release(1)).isEqualTo(ran(true, 2, 11_000, 3200, 0));
    assertThat(account(MEMBER).points()).isEqualTo(10_000);
  }

  @Test
  void shouldGiveTheSameWhenAMemberIsSeenOnceInAHundredRunsOrAfterEach() {
    final long watched = 2;
    final long forgotten = 3;
    pools(new PoolTerms(1, 10_000L, 1000, 1, 1), new PoolTerms(2, 10_000L, 1000, 1, 1));
    consumer(watched);
    consumer(forgotten);
    for (int run = 0; run < 100; run++) {
      final int plan = run % 2 == 0 ? CAPPED : FIXED_FIRST;
      if (run < 30) {
        issue(1000 + run, watched, 10_001 + run, 1, plan);
        issue(2000 + run, forgotten, 10_001 + run, 1, plan);
      }
      final LocalDate nextDay = LocalDate.of(2025, 1, 21).plusDays(run);
      dayOf(3000 + run, 500 + run, nextDay.toString());
      release(1);
      // Refused, and yet a touch.
      assertThat(order(4000 + run, watched, 777, 1)).isEqualTo(ACCOUNT_NOT_FOUND);
    }
    assertThat(account(watched).pending()).isPositive();
    assertThat(account(forgotten).pending()).isEqualTo(account(watched).pending());
    assertThat(account(forgotten).coupon()).isEqualTo(account(watched).coupon());
    assertThat(account(forgotten).points()).isEqualTo(account(watched).points());
  }

  @Test
  void shouldReturnPoolNotFoundWhenThePoolIsUnknown() {
    assertThat(release(7).status()).isEqualTo(POOL_NOT_FOUND);
  }

  @Test
  void shouldReturnDayPassedOrDayNotReachedWhenTheDayIsNotToday() {
    assertThat(release(1, "2025-01-19")).isEqualTo(DAY_PASSED);
    assertThat(release(1, "2025-01-21")).isEqualTo(DAY_NOT_REACHED);
    assertThat(release(1, "2025-01-20")).isEqualTo(OK);
  }

  @Test
  void shouldReturnAlreadyRunWhenThePoolHadItsRunToday() {
    assertThat(release(1).status()).isEqualTo(OK);
    at("2025-01-20T23:59");
    assertThat(release(1).status()).isEqualTo(ALREADY_RUN);
    assertThat(release(2).status()).isEqualTo(OK);
    at("2025-01-21T00:00");
    assertThat(release(1).status()).isEqualTo(OK);
  }
}
