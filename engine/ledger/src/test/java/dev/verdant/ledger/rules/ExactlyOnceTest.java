package dev.verdant.ledger.rules;

import static dev.verdant.ledger.model.ModelStatus.ACCOUNT_NOT_FOUND;
import static dev.verdant.ledger.model.ModelStatus.DUPLICATE;
import static dev.verdant.ledger.model.ModelStatus.ID_CONFLICT;
import static dev.verdant.ledger.model.ModelStatus.INVALID_AMOUNT;
import static dev.verdant.ledger.model.ModelStatus.OK;
import static dev.verdant.ledger.model.ModelStatus.PLAN_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.harness.LedgerHarness;
import dev.verdant.ledger.harness.SequenceView;
import dev.verdant.ledger.model.Command;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rulebook section 9. */
class ExactlyOnceTest extends LedgerHarness {
  private static final long BUYER = 1;
  private static final long SHOP = 9;

  @BeforeEach
  void openAccounts() {
    consumer(BUYER);
    merchant(SHOP, 1500);
  }

  @Test
  void shouldReturnDuplicateAndChangeNothingWhenTheSameOrderArrivesTwice() {
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(OK);
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(DUPLICATE);
    assertThat(account(BUYER).turnover()).isEqualTo(1000);
  }

  @Test
  void shouldReturnIdConflictWhenTheIdComesWithOtherContent() {
    order(1, BUYER, SHOP, 1000);
    assertThat(order(1, BUYER, SHOP, 1001)).isEqualTo(ID_CONFLICT);
    assertThat(order(1, BUYER, SHOP, 1000, 0, 2)).isEqualTo(ID_CONFLICT);
    assertThat(refund(1, 1, 1000)).isEqualTo(ID_CONFLICT);
    assertThat(order(1, BUYER, SHOP, 0)).isEqualTo(ID_CONFLICT);
  }

  @Test
  void shouldGiveTheSameRejectionWhenARejectedOrderIsRetriedAfterItsReasonIsGone() {
    assertThat(order(1, 2, SHOP, 1000)).isEqualTo(ACCOUNT_NOT_FOUND);
    consumer(2);
    assertThat(order(1, 2, SHOP, 1000)).isEqualTo(ACCOUNT_NOT_FOUND);
    assertThat(order(1, 2, SHOP, 1001)).isEqualTo(ID_CONFLICT);
    assertThat(order(2, 2, SHOP, 1000)).isEqualTo(OK);
  }

  @Test
  void shouldNotBurnTheIdWhenTheCommandIsWrongInItself() {
    assertThat(order(1, BUYER, SHOP, 0)).isEqualTo(INVALID_AMOUNT);
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(OK);
  }

  @Test
  void shouldTakeAbsentAndExplicitAsOtherContentWhenPointsAreIssued() {
    assertThat(issue(1, BUYER, 100)).isEqualTo(OK);
    assertThat(issue(1, BUYER, 100, 1, 1)).isEqualTo(ID_CONFLICT);
    assertThat(issue(1, BUYER, 100)).isEqualTo(DUPLICATE);
  }

  @Test
  void shouldReturnIdConflictWhenPointsAreIssuedIntoAnotherPoolOrPlan() {
    issue(1, BUYER, 100, 1, 2);
    assertThat(issue(1, BUYER, 100, 2, 2)).isEqualTo(ID_CONFLICT);
    assertThat(issue(1, BUYER, 100, 1, 3)).isEqualTo(ID_CONFLICT);
    assertThat(issue(1, BUYER, 100, 1, 2)).isEqualTo(PLAN_NOT_FOUND);
  }

  @Test
  void shouldForgetAnIdWhenItsDayIsOlderThanTheWindow() {
    configure(Map.of("order_window_days", 1));
    order(1, BUYER, SHOP, 1000);
    at("2025-01-21T23:59");
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(DUPLICATE);
    at("2025-01-22T00:00");
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(OK);
    assertThat(account(BUYER).turnover()).isEqualTo(2000);
  }

  @Test
  void shouldForgetForGoodWhenTheWindowShrinksAndGrowsAgain() {
    order(1, BUYER, SHOP, 1000);
    at("2025-01-25T10:00");
    configure(Map.of("order_window_days", 1));
    configure(Map.of("order_window_days", 90));
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(OK);
  }

  @Test
  void shouldTellAFirstRememberedDayThatNeverGoesBackWhateverTheWindowBecomes() {
    assertThat(ledger().days()).isEqualTo(rememberingFrom("2024-10-22", 90));
    configure(Map.of("order_window_days", 2));
    assertThat(ledger().days()).isEqualTo(rememberingFrom("2025-01-18", 2));
    configure(Map.of("order_window_days", 90));
    assertThat(ledger().days()).isEqualTo(rememberingFrom("2025-01-18", 90));
    at("2025-04-18T23:59");
    order(1, BUYER, SHOP, 1000);
    assertThat(ledger().days()).isEqualTo(rememberingFrom("2025-01-18", 90));
    at("2025-04-19T00:00");
    order(2, BUYER, SHOP, 1000);
    assertThat(ledger().days()).isEqualTo(rememberingFrom("2025-01-19", 90));
  }

  @Test
  void shouldKnowTheIdsOfTheFirstRememberedDayAndNoneOfTheDayBefore() {
    order(1, BUYER, SHOP, 1000);
    at("2025-01-21T00:00");
    order(2, BUYER, SHOP, 1000);
    at("2025-01-25T10:00");
    configure(Map.of("order_window_days", 4));
    assertThat(ledger().days()).isEqualTo(rememberingFrom("2025-01-21", 4));
    assertThat(order(2, BUYER, SHOP, 1000)).isEqualTo(DUPLICATE);
    assertThat(order(1, BUYER, SHOP, 1000)).isEqualTo(OK);
  }

  @Test
  void shouldHaveForgottenNothingBeforeTheFirstCommand() {
    try (LedgerDriver empty = new LedgerDriver()) {
      assertThat(empty.days()).isEqualTo(new SequenceView(480, OptionalInt.empty(), 90));
    }
  }

  private static SequenceView rememberingFrom(String day, int windowDays) {
    int first = (int) LocalDate.parse(day).toEpochDay();
    return new SequenceView(480, OptionalInt.of(first), windowDays);
  }

  @Test
  void shouldTellIdsApartWhenTheyDifferInTheHighHalfAlone() {
    long time = ledger().timeMillis();
    BigInteger low = BigInteger.ONE;
    BigInteger high = low.add(BigInteger.ONE.shiftLeft(127));
    assertThat(apply(new Command.Order(time, low, BUYER, SHOP, 10, 0, 1)).status()).isEqualTo(OK);
    assertThat(apply(new Command.Order(time, high, BUYER, SHOP, 20, 0, 1)).status()).isEqualTo(OK);
    assertThat(ledger().order(high).orElseThrow().amount()).isEqualTo(20);
    assertThat(ledger().order(low).orElseThrow().amount()).isEqualTo(10);
  }

  @Test
  void shouldMoveEngineTimeForwardOnlyWhenCommandsComeLate() {
    at("2025-01-22T10:00");
    order(1, 77, SHOP, 1000);
    long latest = ledger().timeMillis();
    at("2025-01-21T10:00");
    order(2, BUYER, SHOP, 1000);
    assertThat(ledger().timeMillis()).isEqualTo(latest);
  }
}
