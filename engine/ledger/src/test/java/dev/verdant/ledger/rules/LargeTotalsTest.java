package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.Balance;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.ProgramChange.PlanTerms;
import dev.verdant.ledger.model.ProgramChange.PoolTerms;
import dev.verdant.ledger.model.Terms;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Totals beside 2^63 = 9,223,372,036,854,775,808, reached by amounts of 10^15: 9223 of them fit,
 * one more does not (rulebook section 1). Each test fills one total and leaves room in all others,
 * so that it is this one whose check refuses.
 */
class LargeTotalsTest extends LedgerHarness {
  private static final long MOST = 1_000_000_000_000_000L;
  private static final int FIT = 9223;
  private static final long REST = 372_036_854_775_807L;
  private static final long BUYER = 1;
  private static final long OTHER_BUYER = 2;
  private static final long SHOP = 8;
  private static final long OTHER_SHOP = 9;
  private static final long MARKETER = 21;
  private static final int REDEEMS_PER_ORDER = 100;
  private static final int FULL_RATE = 10_000;
  private static final int HUNDREDFOLD = 1_000_000;

  private long lastId = 1_000_000;

  private long nextId() {
    return ++lastId;
  }

  /** Orders shared by two buyers and two shops, from one id to another. */
  private void trade(int from, int to) {
    for (int id = from; id <= to; id++) {
      assertThat(
              id % 2 == 0 ? order(id, BUYER, SHOP, MOST) : order(id, OTHER_BUYER, OTHER_SHOP, MOST))
          .isEqualTo(OK);
    }
  }

  private void settle(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(settleChannel(nextId(), 1, MOST)).isEqualTo(OK);
    }
  }

  private void issueFifty(int plan) {
    for (int i = 0; i < 50; i++) {
      assertThat(issue(nextId(), BUYER, MOST, 1, plan)).isEqualTo(OK);
    }
  }

  /** An order of 10^15, conceded whole, then gives 10^17 coins. */
  private void giveCoinsOnly() {
    configure(
        Map.of(
            "max_concession_bps",
            FULL_RATE,
            "buyer_points_bps",
            0,
            "merchant_points_bps",
            0,
            "coin_bps",
            HUNDREDFOLD));
  }

  /** Ten thousand orders, in two days and partly settled, as no day and no book could hold all. */
  private void tradeTenThousandOrders() {
    consumer(BUYER);
    consumer(OTHER_BUYER);
    merchant(SHOP, 300);
    merchant(OTHER_SHOP, 300);
    trade(1, 5000);
    settle(2000);
    at("2025-01-21T09:00");
    trade(5001, 10_000);
  }

  @Test
  void shouldRefuseTheOrderWhenAnAgentsTurnoverWouldLeave64Bits() {
    consumer(BUYER);
    consumer(OTHER_BUYER);
    open(MARKETER, Kind.MARKETER);
    open(SHOP, Kind.MERCHANT, new Terms(null, null, 300, null, MARKETER, null, null));
    open(OTHER_SHOP, Kind.MERCHANT, new Terms(null, null, 300, null, MARKETER, null, null));
    merchant(10, 300);
    trade(1, 5000);
    settle(2000);
    at("2025-01-21T09:00");
    trade(5001, FIT);

    assertThat(order(nextId(), BUYER, SHOP, REST + 1)).isEqualTo(OVERFLOW);
    assertThat(order(nextId(), BUYER, 10, MOST)).isEqualTo(OK);
    assertThat(order(nextId(), BUYER, SHOP, REST)).isEqualTo(OK);
    assertThat(account(MARKETER).turnover()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldRefuseTheOrderWhenTheIssuedCoinsWouldLeave64Bits() {
    giveCoinsOnly();
    consumer(BUYER);
    consumer(OTHER_BUYER);
    merchant(SHOP, FULL_RATE);
    merchant(OTHER_SHOP, FULL_RATE);
    trade(1, 92);

    assertThat(order(93, OTHER_BUYER, OTHER_SHOP, MOST)).isEqualTo(OVERFLOW);
    assertThat(books("COIN", "ISSUED")).isEqualTo(-9_200_000_000_000_000_000L);
  }

  @Test
  void shouldRefuseTheOrderWhenPointsAndRewardsWouldLeave64Bits() {
    configure(
        Map.of(
            "max_concession_bps", FULL_RATE,
            "buyer_points_bps", HUNDREDFOLD,
            "merchant_points_bps", 0,
            "coin_bps", 0,
            "referral_bps", 10_000));
    merchant(10, FULL_RATE);
    merchant(SHOP, FULL_RATE);
    open(BUYER, Kind.CONSUMER, referredBy(10));
    // Each gives 10^17 points to the buyer and as many coupons to its referrer.
    for (int id = 1; id <= 92; id++) {
      assertThat(order(id, BUYER, SHOP, MOST)).isEqualTo(OK);
    }

    assertThat(order(93, BUYER, SHOP, MOST)).isEqualTo(OVERFLOW);
    assertThat(account(10).coupon()).isEqualTo(9_200_000_000_000_000_000L);
  }

  @Test
  void shouldRefuseTheRefundWhenTheDaysConsumptionWouldLeave64Bits() {
    tradeTenThousandOrders();
    at("2025-01-22T09:00");
    for (int order = 1; order <= FIT; order++) {
      assertThat(refund(nextId(), order, MOST)).isEqualTo(OK);
    }

    assertThat(refund(nextId(), FIT + 1, REST + 2)).isEqualTo(OVERFLOW);
    assertThat(refund(nextId(), FIT + 1, REST + 1)).isEqualTo(OK);
    assertThat(refund(nextId(), FIT + 1, 1)).isEqualTo(OVERFLOW);
  }

  @Test
  void shouldRefuseTheReleaseOfReserveWhenThePayablesWouldLeave64Bits() {
    configure(Map.of("merchant_payable_bps", 5000));
    tradeTenThousandOrders();
    // Half of 97 % of 10^19 is payable.
    assertThat(books("CNY", "MERCHANT_PAYABLE")).isEqualTo(-4850 * MOST);
    for (int i = 4851; i <= FIT; i++) {
      assertThat(releaseReserve(nextId(), i % 2 == 0 ? SHOP : OTHER_SHOP, MOST)).isEqualTo(OK);
    }

    assertThat(releaseReserve(nextId(), SHOP, REST + 2)).isEqualTo(OVERFLOW);
    assertThat(releaseReserve(nextId(), SHOP, REST + 1)).isEqualTo(OK);
    assertThat(books("CNY", "MERCHANT_PAYABLE")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldRefuseThePayoutWhenCustodyWouldLeave64Bits() {
    configure(Map.of("merchant_payable_bps", 10_000));
    consumer(BUYER);
    final long payable = MOST / 100 * 97;
    // Each is refunded after its payout, so only custody falls further and further.
    for (int i = 1; i <= 9508; i++) {
      payOutAndRefund(1000 + i, payable);
    }
    final long last = 1000 + 9509;
    merchant(last, 300);
    order(nextId(), BUYER, last, MOST);

    // 2^63 - 9508 * 97 * 10^13.
    assertThat(payout(nextId(), last, Balance.PAYABLE, 612_036_854_775_809L)).isEqualTo(OVERFLOW);
    assertThat(payout(nextId(), last, Balance.PAYABLE, 612_036_854_775_808L)).isEqualTo(OK);
    assertThat(books("CNY", "CUSTODY")).isEqualTo(Long.MIN_VALUE);
  }

  private void payOutAndRefund(long shop, long payable) {
    merchant(shop, 300);
    final long order = nextId();
    assertThat(order(order, BUYER, shop, MOST)).isEqualTo(OK);
    assertThat(payout(nextId(), shop, Balance.PAYABLE, payable)).isEqualTo(OK);
    assertThat(refund(nextId(), order, MOST)).isEqualTo(OK);
  }

  @Test
  void shouldRefuseTheSettlementWhenCustodyWouldLeave64Bits() {
    consumer(BUYER);
    merchant(SHOP, 300);
    order(1, BUYER, SHOP, MOST);
    settle(FIT);

    assertThat(settleChannel(nextId(), 1, REST + 1)).isEqualTo(OVERFLOW);
    assertThat(settleChannel(nextId(), 1, REST)).isEqualTo(OK);
    assertThat(books("CNY", "CUSTODY")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldRefuseTheSettlementWhenClearingWouldLeave64Bits() {
    consumer(BUYER);
    payOutAndRefund(SHOP, MOST / 2);
    settle(FIT);

    assertThat(settleChannel(nextId(), 1, REST + 2)).isEqualTo(OVERFLOW);
    assertThat(settleChannel(nextId(), 1, REST + 1)).isEqualTo(OK);
    assertThat(books("CNY", "CHANNEL_CLEARING")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldRefuseToRedeemWhenTheRedeemedCoinsWouldLeave64Bits() {
    giveCoinsOnly();
    merchant(SHOP, FULL_RATE);
    // What is redeemed stays so when the order that gave the coins is refunded.
    for (long i = 0; i < FIT; i++) {
      final long member = 1000 + i / REDEEMS_PER_ORDER;
      if (i % REDEEMS_PER_ORDER == 0) {
        consumer(member);
        assertThat(order(member, member, SHOP, MOST)).isEqualTo(OK);
      }
      assertThat(redeemCoins(nextId(), member, MOST)).isEqualTo(OK);
      if (i % REDEEMS_PER_ORDER == REDEEMS_PER_ORDER - 1) {
        assertThat(refund(nextId(), member, MOST)).isEqualTo(OK);
      }
    }

    assertThat(redeemCoins(nextId(), 1092, REST + 1)).isEqualTo(OVERFLOW);
    assertThat(redeemCoins(nextId(), 1092, REST)).isEqualTo(OK);
    assertThat(books("COIN", "REDEEMED")).isEqualTo(Long.MAX_VALUE);
  }

  /** Plans 2 and 3 release a hundred times the points at once. */
  private void openForReleases() {
    configure(
        Map.of("buyer_points_bps", 0, "merchant_points_bps", 0, "daily_valve_bps", HUNDREDFOLD));
    pools(new PoolTerms(1, 1L, 1000, 1, 1), new PoolTerms(2, 1L, 1000, 1, 1));
    plans(
        new PlanTerms(1, null, null, null, null, null),
        new PlanTerms(2, HUNDREDFOLD, HUNDREDFOLD, 1, 0, 0),
        new PlanTerms(3, HUNDREDFOLD, HUNDREDFOLD, 1, 0, 0));
    consumer(BUYER);
    consumer(OTHER_BUYER);
    merchant(SHOP, 300);
    merchant(OTHER_SHOP, 300);
  }

  @ParameterizedTest(name = "of plans 2 and {0}")
  @ValueSource(ints = {2, 3})
  void shouldRefuseTheRunWhenWhatOneCohortIsDueOrAllWantWouldLeave64Bits(int otherPlan) {
    openForReleases();
    issueFifty(2);
    issueFifty(otherPlan);
    assertThat(release(1).status()).isEqualTo(OVERFLOW);
    assertThat(pool(1).period()).isZero();
  }

  @Test
  void shouldRefuseTheRunWhenAllCouponsEverReleasedWouldLeave64Bits() {
    openForReleases();
    issueFifty(2);
    trade(1, 60);
    at("2025-01-21T00:05");
    assertThat(release(1)).isEqualTo(ran(true, 1, 1, 5000 * MOST, 0));
    issueFifty(2);
    trade(61, 120);
    at("2025-01-22T00:05");

    assertThat(release(1).status()).isEqualTo(OVERFLOW);
    assertThat(release(1).status()).isEqualTo(OVERFLOW);
    assertThat(pool(1).period()).isEqualTo(1);
    assertThat(books("COUPON", "ISSUED")).isEqualTo(-5000 * MOST);
  }
}
