package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_ACTIVE;
import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.CHANNEL_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.CHANNEL_QUOTA_EXCEEDED;
import static dev.verdant.ledger.model.ModelStatus.COUPON_SHARE_EXCEEDED;
import static dev.verdant.ledger.model.ModelStatus.INSUFFICIENT_COUPONS;
import static dev.verdant.ledger.model.ModelStatus.INVALID_AMOUNT;
import static dev.verdant.ledger.model.ModelStatus.INVALID_ID;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.SELF_REFERENCE;
import static dev.verdant.ledger.model.ModelStatus.WRONG_KIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Policy;
import dev.verdant.ledger.model.ProgramChange.Channel;
import dev.verdant.ledger.model.Terms;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rulebook section 4. */
class OrderRulesTest extends LedgerHarness {
  private static final long BUYER = 1;
  private static final long SHOP = 9;

  @BeforeEach
  void openAccounts() {
    consumer(BUYER);
    merchant(SHOP, 1500);
  }

  @Test
  void shouldSplitTheMoneyWhenAnOrderIsPaidInCash() {
    assertThat(order(1, BUYER, SHOP, 10_000)).isEqualTo(OK);

    // K = 1500, I = 1200, proceeds 8500, of which 80 % = 6800 payable.
    assertThat(account(SHOP).payable()).isEqualTo(6800);
    assertThat(account(SHOP).reserve()).isEqualTo(1700);
    assertThat(books("CNY", "CHANNEL_CLEARING")).isEqualTo(10_000);
    assertThat(books("CNY", "INCENTIVE_FUND")).isEqualTo(-1200);
    assertThat(books("CNY", "PLATFORM_REVENUE")).isEqualTo(-300);
  }

  @Test
  void shouldGivePointsToBothAndCoinsToTheConsumerWhenAnOrderIsAccepted() {
    order(1, BUYER, SHOP, 10_000);

    assertThat(account(BUYER).points()).isEqualTo(1500);
    assertThat(account(BUYER).coin()).isEqualTo(1500);
    assertThat(account(BUYER).monthConsumption()).isEqualTo(10_000);
    assertThat(account(BUYER).turnover()).isEqualTo(10_000);
    assertThat(account(SHOP).points()).isEqualTo(1500);
    assertThat(account(SHOP).coin()).isZero();
    assertThat(account(SHOP).monthConsumption()).isZero();
    assertThat(pool(1).issued()).isEqualTo(1500);
    assertThat(pool(2).issued()).isEqualTo(1500);
  }

  @Test
  void shouldFloorEveryShareWhenTheAmountIsOdd() {
    order(1, BUYER, SHOP, 33);

    // K = floor(4.95) = 4, I = floor(3.2) = 3, P = floor(29 * 0.8) = 23.
    assertThat(account(SHOP).payable()).isEqualTo(23);
    assertThat(account(SHOP).reserve()).isEqualTo(6);
    assertThat(books("CNY", "INCENTIVE_FUND")).isEqualTo(-3);
    assertThat(books("CNY", "PLATFORM_REVENUE")).isEqualTo(-1);
  }

  @Test
  void shouldPayCommissionsOutOfTheIncentiveShareWhenAgentsAreActive() {
    open(21, Kind.MARKETER);
    open(31, Kind.DISTRICT_AGENT);
    open(41, Kind.PROVINCIAL_AGENT);
    open(10, Kind.MERCHANT, new Terms(null, null, 1500, null, 21L, 31L, 41L));
    update(31, AccountState.FROZEN);

    order(1, BUYER, 10, 10_000);

    // K = 1500: 6 % = 90, 1.5 % = 22 (floor of 22.5); the frozen agent earns nothing.
    assertThat(account(21).commission()).isEqualTo(90);
    assertThat(account(21).turnover()).isEqualTo(10_000);
    assertThat(account(31).commission()).isZero();
    assertThat(account(31).turnover()).isZero();
    assertThat(account(41).commission()).isEqualTo(22);
    assertThat(books("CNY", "INCENTIVE_FUND")).isEqualTo(-1200 + 90 + 22);
    assertThat(books("CNY", "COMMISSION_PAYABLE")).isEqualTo(-112);
  }

  @Test
  void shouldCountTurnoverOfAnActiveAgentWhenItsCommissionIsNothing() {
    open(21, Kind.MARKETER);
    open(10, Kind.MERCHANT, new Terms(null, null, 1500, null, 21L, null, null));

    order(1, BUYER, 10, 7);

    assertThat(account(21).commission()).isZero();
    assertThat(account(21).turnover()).isEqualTo(7);
  }

  @Test
  void shouldRewardAConsumerWithPointsWhenTheOneItReferredBuys() {
    open(2, Kind.CONSUMER, referredBy(BUYER));

    order(1, 2, SHOP, 10_000);

    // 5 % of 1500.
    assertThat(account(BUYER).points()).isEqualTo(75);
  }

  @Test
  void shouldRewardAMerchantWithCouponsWhenTheOneItReferredBuys() {
    open(2, Kind.CONSUMER, referredBy(SHOP));

    order(1, 2, SHOP, 10_000);

    assertThat(account(SHOP).coupon()).isEqualTo(75);
    assertThat(books("COUPON", "ISSUED")).isEqualTo(-75);
    assertThat(books("COUPON", "HELD")).isEqualTo(75);
  }

  @Test
  void shouldRewardOnlyTheFirstOrderWhenThePolicyIsFirstOrder() {
    policy(Policy.FIRST_ORDER);
    open(2, Kind.CONSUMER, referredBy(SHOP));

    order(1, 2, SHOP, 10_000);
    order(2, 2, SHOP, 10_000);

    assertThat(account(SHOP).coupon()).isEqualTo(75);
  }

  @Test
  void shouldRewardNobodyWhenThePolicyIsNoneOrTheReferrerIsFrozen() {
    open(3, Kind.MERCHANT, rate(300));
    open(2, Kind.CONSUMER, referredBy(3));
    policy(Policy.NONE);
    order(1, 2, SHOP, 10_000);
    policy(Policy.EVERY_ORDER);
    update(3, AccountState.FROZEN);
    order(2, 2, SHOP, 10_000);

    assertThat(account(3).coupon()).isZero();
  }

  @Test
  void shouldPayTheCouponPartOutOfTheFundWhenCouponsAreSpent() {
    open(2, Kind.CONSUMER, referredBy(SHOP));
    order(1, 2, SHOP, 10_000);
    merchant(10, 1500);

    assertThat(order(2, SHOP, 10, 100, 75, 1)).isEqualTo(OK);

    // K = 15, I = 12; the fund had 1200 and pays 75.
    assertThat(account(SHOP).coupon()).isZero();
    assertThat(books("CNY", "CHANNEL_CLEARING")).isEqualTo(10_025);
    assertThat(books("CNY", "INCENTIVE_FUND")).isEqualTo(-1200 - 12 + 75);
    assertThat(books("COUPON", "REDEEMED")).isEqualTo(75);
  }

  @Test
  void shouldReturnInvalidIdWhenTheIdIsZero() {
    assertThat(order(0, BUYER, SHOP, 100)).isEqualTo(INVALID_ID);
  }

  @Test
  void shouldReturnInvalidAmountWhenAnAmountIsOutOfRange() {
    assertThat(order(1, BUYER, SHOP, 0)).isEqualTo(INVALID_AMOUNT);
    assertThat(order(1, BUYER, SHOP, 1_000_000_000_000_001L)).isEqualTo(INVALID_AMOUNT);
    assertThat(order(1, BUYER, SHOP, 100, -1, 1)).isEqualTo(INVALID_AMOUNT);
    assertThat(order(1, BUYER, SHOP, 100, 101, 1)).isEqualTo(INVALID_AMOUNT);
    assertThat(order(1, BUYER, SHOP, 1_000_000_000_000_000L)).isEqualTo(OK);
  }

  @Test
  void shouldReturnAccountNotFoundWhenEitherSideIsUnknown() {
    assertThat(order(1, 77, SHOP, 100)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(order(2, BUYER, 77, 100)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(order(3, 0, SHOP, 100)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(order(4, BUYER, 0, 100)).isEqualTo(ACCOUNT_NOT_FOUND);
  }

  @Test
  void shouldReturnWrongKindWhenASideIsNotOfItsKind() {
    open(21, Kind.MARKETER);
    assertThat(order(1, 21, SHOP, 100)).isEqualTo(WRONG_KIND);
    assertThat(order(2, BUYER, BUYER, 100)).isEqualTo(WRONG_KIND);
  }

  @Test
  void shouldReturnSelfReferenceWhenAMerchantBuysFromItself() {
    assertThat(order(1, SHOP, SHOP, 100)).isEqualTo(SELF_REFERENCE);
  }

  @Test
  void shouldReturnAccountNotActiveWhenEitherSideIsFrozen() {
    update(BUYER, AccountState.FROZEN);
    assertThat(order(1, BUYER, SHOP, 100)).isEqualTo(ACCOUNT_NOT_ACTIVE);
    update(BUYER, AccountState.ACTIVE);
    update(SHOP, AccountState.FROZEN);
    assertThat(order(2, BUYER, SHOP, 100)).isEqualTo(ACCOUNT_NOT_ACTIVE);
  }

  @Test
  void shouldReturnChannelNotFoundWhenTheChannelIsUnknown() {
    assertThat(order(1, BUYER, SHOP, 100, 0, 2)).isEqualTo(CHANNEL_NOT_FOUND);
  }

  @Test
  void shouldReturnCouponShareExceededWhenCouponsWouldPayTooMuch() {
    configure(Map.of("max_coupon_bps", 3000));
    assertThat(order(1, BUYER, SHOP, 101, 31, 1)).isEqualTo(COUPON_SHARE_EXCEEDED);
    assertThat(order(2, BUYER, SHOP, 101, 30, 1)).isEqualTo(INSUFFICIENT_COUPONS);
  }

  @Test
  void shouldLimitAMerchantsCashByChannelAndDayWhenTheChannelHasALimit() {
    channels(new Channel(1, 0L), new Channel(2, 1000L));
    assertThat(order(1, BUYER, SHOP, 600, 0, 2)).isEqualTo(OK);
    refund(2, 1, 600);
    assertThat(order(3, BUYER, SHOP, 401, 0, 2)).isEqualTo(CHANNEL_QUOTA_EXCEEDED);
    assertThat(order(4, BUYER, SHOP, 400, 0, 2)).isEqualTo(OK);
    assertThat(order(5, BUYER, SHOP, 1, 0, 2)).isEqualTo(CHANNEL_QUOTA_EXCEEDED);
    at("2025-01-21T00:00");
    assertThat(order(6, BUYER, SHOP, 1000, 0, 2)).isEqualTo(OK);
  }
}
