package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.AccountView;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Rulebook section 1: totals are signed 64-bit; what would leave that is refused, never wrapped.
 */
class OverflowTest extends LedgerHarness {
  private static final long BUYER = 1;
  private static final long SHOP = 9;
  private static final long MAX_AMOUNT = 1_000_000_000_000_000L;

  /** A hundred points a fen for the buyer: an order of 10^15 at 100 % issues 10^17. */
  @BeforeEach
  void openAccounts() {
    configure(
        Map.of(
            "max_concession_bps", 10_000,
            "buyer_points_bps", 1_000_000,
            "merchant_points_bps", 0,
            "coin_bps", 0));
    consumer(BUYER);
    merchant(SHOP, 10_000);
  }

  private void issueAllButTheLast() {
    for (int id = 1; id <= 92; id++) {
      assertThat(order(id, BUYER, SHOP, MAX_AMOUNT)).isEqualTo(OK);
    }
  }

  @Test
  void shouldRefuseTheOrderAndChangeNothingWhenTheIssuedPointsWouldLeave64Bits() {
    issueAllButTheLast();
    AccountView before = account(BUYER);
    assertThat(before.points()).isEqualTo(9_200_000_000_000_000_000L);

    // 93 * 10^17 is more than 2^63 - 1 = 9.22 * 10^18.
    assertThat(order(93, BUYER, SHOP, MAX_AMOUNT)).isEqualTo(OVERFLOW);

    assertThat(account(BUYER)).isEqualTo(before);
    assertThat(books("POINTS", "HELD")).isEqualTo(9_200_000_000_000_000_000L);
    assertThat(books("CNY", "CHANNEL_CLEARING")).isEqualTo(92 * MAX_AMOUNT);
    assertThat(ledger().order(BigInteger.valueOf(93))).isEmpty();
  }

  @Test
  void shouldAcceptTheLastPointThatFitsWhenTheTotalIsAlmostFull() {
    issueAllButTheLast();
    // 2^63 - 1 - 9.2 * 10^18 = 23,372,036,854,775,807, which is 23 issues of 10^15 and a rest.
    for (int id = 101; id <= 123; id++) {
      assertThat(issue(id, BUYER, MAX_AMOUNT)).isEqualTo(OK);
    }
    assertThat(issue(124, BUYER, 372_036_854_775_808L)).isEqualTo(OVERFLOW);
    assertThat(issue(125, BUYER, 372_036_854_775_807L)).isEqualTo(OK);
    assertThat(account(BUYER).points()).isEqualTo(Long.MAX_VALUE);
    assertThat(issue(126, BUYER, 1)).isEqualTo(OVERFLOW);
  }

  @Test
  void shouldBurnTheIdWhenAnOrderWasRefusedForOverflow() {
    issueAllButTheLast();
    assertThat(order(93, BUYER, SHOP, MAX_AMOUNT)).isEqualTo(OVERFLOW);
    refund(94, 1, MAX_AMOUNT);
    assertThat(order(93, BUYER, SHOP, MAX_AMOUNT)).isEqualTo(OVERFLOW);
    assertThat(order(95, BUYER, SHOP, MAX_AMOUNT)).isEqualTo(OK);
  }
}
