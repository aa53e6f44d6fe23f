package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_ACTIVE;
import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.DUPLICATE;
import static dev.verdant.ledger.model.ModelStatus.ID_CONFLICT;
import static dev.verdant.ledger.model.ModelStatus.INVALID_ID;
import static dev.verdant.ledger.model.ModelStatus.INVALID_RATE;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.PLAN_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.POOL_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.REFERRER_FIXED;
import static dev.verdant.ledger.model.ModelStatus.SELF_REFERENCE;
import static dev.verdant.ledger.model.ModelStatus.WRONG_KIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.model.AccountState;
import dev.verdant.ledger.model.AccountView;
import dev.verdant.ledger.model.Kind;
import dev.verdant.ledger.model.Terms;
import org.junit.jupiter.api.Test;

/** Rulebook section 3. */
class AccountRulesTest extends LedgerHarness {
  @Test
  void shouldStartEmptyAndActiveWhenAnAccountIsOpened() {
    assertThat(consumer(1)).isEqualTo(OK);
    assertThat(account(1))
        .isEqualTo(new AccountView(1, "CONSUMER", "ACTIVE", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void shouldReturnInvalidIdWhenTheAccountIsZero() {
    assertThat(consumer(0)).isEqualTo(INVALID_ID);
  }

  @Test
  void shouldListIdsAsUnsignedWhenTheirHighestBitIsSet() {
    consumer(-1);
    consumer(2);
    assertThat(ledger().accounts()).extracting(AccountView::account).containsExactly(2L, -1L);
  }

  @Test
  void shouldReturnDuplicateWhenTheAccountIsOpenedAgainAsItIs() {
    merchant(9, 1500);
    assertThat(merchant(9, 1500)).isEqualTo(DUPLICATE);
    assertThat(open(9, Kind.MERCHANT, new Terms(2, 1, 1500, 0L, null, null, 0L)))
        .isEqualTo(DUPLICATE);
  }

  @Test
  void shouldReturnIdConflictWhenTheAccountIsOpenedAgainOtherwise() {
    merchant(9, 1500);
    assertThat(merchant(9, 1400)).isEqualTo(ID_CONFLICT);
    assertThat(consumer(9)).isEqualTo(ID_CONFLICT);
    assertThat(open(9, Kind.MERCHANT, new Terms(1, null, 1500, null, null, null, null)))
        .isEqualTo(ID_CONFLICT);
    consumer(1);
    assertThat(open(1, Kind.CONSUMER, referredBy(9))).isEqualTo(ID_CONFLICT);
    assertThat(open(1, Kind.CONSUMER, rate(0))).isEqualTo(ID_CONFLICT);
  }

  @Test
  void shouldCompareWithCurrentValuesWhenAnAccountIsOpenedAgainAfterAnUpdate() {
    consumer(1);
    update(1, poolAndPlan(2, null));
    assertThat(consumer(1)).isEqualTo(ID_CONFLICT);
    assertThat(open(1, Kind.CONSUMER, poolAndPlan(2, 1))).isEqualTo(DUPLICATE);
  }

  @Test
  void shouldReturnPoolOrPlanNotFoundWhenTheyAreUnknown() {
    assertThat(open(1, Kind.CONSUMER, poolAndPlan(3, 9))).isEqualTo(POOL_NOT_FOUND);
    assertThat(open(1, Kind.CONSUMER, poolAndPlan(1, 9))).isEqualTo(PLAN_NOT_FOUND);
    consumer(1);
    assertThat(update(1, poolAndPlan(0, null))).isEqualTo(POOL_NOT_FOUND);
    assertThat(update(1, poolAndPlan(null, 2))).isEqualTo(PLAN_NOT_FOUND);
  }

  @Test
  void shouldReturnInvalidRateWhenAMerchantsRateIsMissingOrOutOfBounds() {
    assertThat(open(9, Kind.MERCHANT)).isEqualTo(INVALID_RATE);
    assertThat(merchant(9, 299)).isEqualTo(INVALID_RATE);
    assertThat(merchant(9, 2001)).isEqualTo(INVALID_RATE);
    assertThat(merchant(9, 300)).isEqualTo(OK);
    assertThat(update(9, rate(2001))).isEqualTo(INVALID_RATE);
    assertThat(update(9, rate(2000))).isEqualTo(OK);
  }

  @Test
  void shouldReturnWrongKindWhenARateOrAnAgentIsGivenToAnotherKind() {
    open(21, Kind.MARKETER);
    assertThat(open(1, Kind.CONSUMER, rate(1500))).isEqualTo(WRONG_KIND);
    assertThat(open(1, Kind.CONSUMER, rate(0))).isEqualTo(WRONG_KIND);
    assertThat(open(1, Kind.CONSUMER, new Terms(null, null, null, null, 21L, null, null)))
        .isEqualTo(WRONG_KIND);
  }

  @Test
  void shouldReturnSelfReferenceWhenAMerchantNamesItselfAsItsAgent() {
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, null, 9L, null, null)))
        .isEqualTo(SELF_REFERENCE);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, null, null, 9L, null)))
        .isEqualTo(SELF_REFERENCE);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, null, null, null, 9L)))
        .isEqualTo(SELF_REFERENCE);
  }

  @Test
  void shouldCheckReferrerBeforeAgentsWhenSeveralLinksAreWrong() {
    open(21, Kind.MARKETER);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, 9L, 77L, null, null)))
        .isEqualTo(SELF_REFERENCE);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, 77L, 9L, null, null)))
        .isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, 21L, 77L, null, null)))
        .isEqualTo(WRONG_KIND);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, null, 21L, 21L, null)))
        .isEqualTo(WRONG_KIND);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, null, 21L, null, 77L)))
        .isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(open(9, Kind.MERCHANT, new Terms(null, null, 500, null, 21L, null, null)))
        .isEqualTo(OK);
  }

  @Test
  void shouldReturnReferrerFixedWhenAnotherReferrerIsGivenLater() {
    consumer(1);
    consumer(2);
    consumer(3);
    assertThat(update(1, referredBy(2))).isEqualTo(OK);
    assertThat(update(1, referredBy(2))).isEqualTo(OK);
    assertThat(update(1, referredBy(3))).isEqualTo(REFERRER_FIXED);
  }

  @Test
  void shouldReturnAccountNotActiveWhenAClosedAccountIsUpdated() {
    consumer(1);
    assertThat(update(1, AccountState.FROZEN)).isEqualTo(OK);
    assertThat(update(1, AccountState.ACTIVE)).isEqualTo(OK);
    assertThat(update(1, AccountState.CLOSED)).isEqualTo(OK);
    assertThat(update(1, AccountState.ACTIVE)).isEqualTo(ACCOUNT_NOT_ACTIVE);
    assertThat(account(1).status()).isEqualTo("CLOSED");
  }

  @Test
  void shouldReturnAccountNotFoundWhenAnUnknownAccountIsUpdated() {
    assertThat(update(1, Terms.NONE)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(update(0, Terms.NONE)).isEqualTo(ACCOUNT_NOT_FOUND);
  }

  @Test
  void shouldLeaveIssuedPointsInTheirPoolWhenAnAccountMovesToAnother() {
    consumer(1);
    issue(1, 1, 500);
    update(1, poolAndPlan(2, null));
    issue(2, 1, 70);
    assertThat(pool(1).issued()).isEqualTo(500);
    assertThat(pool(2).issued()).isEqualTo(70);
    assertThat(account(1).points()).isEqualTo(570);
  }
}
