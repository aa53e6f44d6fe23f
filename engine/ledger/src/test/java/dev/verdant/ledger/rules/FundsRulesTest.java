package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_ACTIVE;
import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.CHANNEL_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.INSUFFICIENT_COINS;
import static dev.verdant.ledger.model.ModelStatus.INSUFFICIENT_FUNDS;
import static dev.verdant.ledger.model.ModelStatus.INVALID_AMOUNT;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.PLAN_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.POOL_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.WRONG_KIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.Balance;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Terms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rulebook section 8. */
class FundsRulesTest extends LedgerHarness {
  private static final long BUYER = 1;
  private static final long SHOP = 9;
  private static final long MARKETER = 21;

  /** One order of 10,000 at 15 %: payable 6800, reserve 1700, commission 90, coins 1500. */
  @BeforeEach
  void openAccounts() {
    consumer(BUYER);
    open(MARKETER, Kind.MARKETER);
    open(SHOP, Kind.MERCHANT, new Terms(null, null, 1500, null, MARKETER, null, null));
    order(100, BUYER, SHOP, 10_000);
  }

  @Test
  void shouldLeaveCustodyWhenAMerchantIsPaidOut() {
    assertThat(payout(1, SHOP, Balance.PAYABLE, 6801)).isEqualTo(INSUFFICIENT_FUNDS);
    assertThat(payout(2, SHOP, Balance.PAYABLE, 6800)).isEqualTo(OK);
    assertThat(account(SHOP).payable()).isZero();
    assertThat(books("CNY", "CUSTODY")).isEqualTo(-6800);
    assertThat(books("CNY", "MERCHANT_PAYABLE")).isZero();
  }

  @Test
  void shouldTakeFromCommissionWhenAnAgentIsPaidOut() {
    assertThat(payout(1, MARKETER, Balance.COMMISSION, 90)).isEqualTo(OK);
    assertThat(account(MARKETER).commission()).isZero();
    assertThat(books("CNY", "COMMISSION_PAYABLE")).isZero();
  }

  @Test
  void shouldReturnInsufficientFundsWhenTheKindHasNoSuchBalance() {
    assertThat(payout(1, SHOP, Balance.COMMISSION, 1)).isEqualTo(INSUFFICIENT_FUNDS);
    assertThat(payout(2, MARKETER, Balance.PAYABLE, 1)).isEqualTo(INSUFFICIENT_FUNDS);
  }

  @Test
  void shouldRefuseAPayoutOnlyWhenTheAccountIsFrozen() {
    update(SHOP, AccountState.FROZEN);
    assertThat(payout(1, SHOP, Balance.PAYABLE, 100)).isEqualTo(ACCOUNT_NOT_ACTIVE);
    update(SHOP, AccountState.CLOSED);
    assertThat(payout(2, SHOP, Balance.PAYABLE, 100)).isEqualTo(OK);
    assertThat(payout(3, 77, Balance.PAYABLE, 100)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(payout(4, SHOP, Balance.PAYABLE, 0)).isEqualTo(INVALID_AMOUNT);
  }

  @Test
  void shouldMoveReserveToPayableWhenItIsReleased() {
    assertThat(releaseReserve(1, SHOP, 1701)).isEqualTo(INSUFFICIENT_FUNDS);
    assertThat(releaseReserve(2, SHOP, 1000)).isEqualTo(OK);
    assertThat(account(SHOP).reserve()).isEqualTo(700);
    assertThat(account(SHOP).payable()).isEqualTo(7800);
    assertThat(releaseReserve(3, BUYER, 1)).isEqualTo(WRONG_KIND);
    assertThat(releaseReserve(4, 77, 1)).isEqualTo(ACCOUNT_NOT_FOUND);
  }

  @Test
  void shouldMoveClearingToCustodyWhenAChannelSettles() {
    assertThat(settleChannel(1, 1, 4000)).isEqualTo(OK);
    assertThat(books("CNY", "CHANNEL_CLEARING")).isEqualTo(6000);
    assertThat(books("CNY", "CUSTODY")).isEqualTo(4000);
    assertThat(settleChannel(2, 2, 4000)).isEqualTo(CHANNEL_NOT_FOUND);
    assertThat(settleChannel(3, 2, 0)).isEqualTo(INVALID_AMOUNT);
    assertThat(settleChannel(4, 2, 1_000_000_000_000_001L)).isEqualTo(INVALID_AMOUNT);
  }

  @Test
  void shouldRedeemCoinsDownToNothingWhenAConsumerHasThem() {
    assertThat(redeemCoins(1, BUYER, 1501)).isEqualTo(INSUFFICIENT_COINS);
    assertThat(redeemCoins(2, BUYER, 1500)).isEqualTo(OK);
    assertThat(account(BUYER).coin()).isZero();
    assertThat(books("COIN", "REDEEMED")).isEqualTo(1500);
    assertThat(redeemCoins(3, SHOP, 1)).isEqualTo(WRONG_KIND);
    update(BUYER, AccountState.FROZEN);
    assertThat(redeemCoins(4, BUYER, 1)).isEqualTo(ACCOUNT_NOT_ACTIVE);
  }

  @Test
  void shouldIssueIntoTheAccountsPoolWhenNoneIsGiven() {
    assertThat(issue(1, SHOP, 500)).isEqualTo(OK);
    assertThat(issue(2, SHOP, 30, 1, 1)).isEqualTo(OK);
    assertThat(pool(2).issued()).isEqualTo(1500 + 500);
    assertThat(pool(1).issued()).isEqualTo(1500 + 30);
  }

  @Test
  void shouldRefuseAnIssueInTheOrderOfChecksWhenSeveralThingsAreWrong() {
    update(BUYER, AccountState.FROZEN);
    assertThat(issue(1, 77, 0, 7, 7)).isEqualTo(INVALID_AMOUNT);
    assertThat(issue(2, 77, 1, 7, 7)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(issue(3, MARKETER, 1, 7, 7)).isEqualTo(WRONG_KIND);
    assertThat(issue(4, BUYER, 1, 7, 7)).isEqualTo(ACCOUNT_NOT_ACTIVE);
    assertThat(issue(5, SHOP, 1, 7, 7)).isEqualTo(POOL_NOT_FOUND);
    assertThat(issue(6, SHOP, 1, 1, 7)).isEqualTo(PLAN_NOT_FOUND);
  }
}
