package dev.verdant.bench.piece;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.load.WrongResultException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OngoingTradeTest {
  private static final int MEMBERS = 5;

  /** The only one of five that was referred. */
  private static final long REFERRED = LedgerDriver.FIRST_MEMBER + 4;

  private static final long MERCHANT = LedgerDriver.FIRST_MERCHANT;
  private static final long ITS_MARKETER = 1;
  private static final long NOBODY = 999_999_999_999L;

  private final OngoingTrade trade = new OngoingTrade(MEMBERS);
  private final LedgerDriver ledger = trade.ledger();
  private final EncodedCommands batch = new EncodedCommands(ledger, LedgerDriver.WINDOW);

  @AfterEach
  void close() {
    trade.close();
  }

  @Test
  void shouldPayPointsRewardsAndCommissionsForAnOrder() {
    long buyers = ledger.account(REFERRED).points();
    long others = pointsOfTheOthers();
    long merchants = ledger.account(MERCHANT).points();
    long commission = ledger.account(ITS_MARKETER).commission();

    ledger.order(REFERRED, MERCHANT, 10_000);

    assertThat(ledger.account(REFERRED).points()).isEqualTo(buyers + 1_500);
    assertThat(pointsOfTheOthers()).isEqualTo(others + 75);
    assertThat(ledger.account(MERCHANT).points()).isEqualTo(merchants + 1_500);
    assertThat(ledger.account(ITS_MARKETER).commission()).isEqualTo(commission + 90);
  }

  @Test
  void shouldCreditWhatThePeriodOfTheDayHasReleased() {
    ledger.order(REFERRED, MERCHANT, 1_000_000);
    long before = ledger.account(REFERRED).coupon();
    trade.nextDay();
    ledger.order(REFERRED, MERCHANT, 1_000_000);
    assertThat(ledger.account(REFERRED).coupon()).isGreaterThan(before);
    assertThat(ledger.account(REFERRED).pending()).isZero();
  }

  @Test
  void shouldLoseAsManyLotsAsItGains() {
    assertThat(ledger.account(REFERRED).points())
        .isGreaterThan(OngoingTrade.LOTS * OngoingTrade.LOT_POINTS);
    days(OngoingTrade.LOTS + 1);
    long later = pointsOfTheOthers();
    days(4 * OngoingTrade.LOTS);
    assertThat(pointsOfTheOthers()).isBetween(later / 2, later * 2);
  }

  @Test
  void shouldPlaceAllOrdersThatWereAnnounced() {
    long turnover = ledger.account(MERCHANT).turnover();
    for (int place = 0; place < LedgerDriver.WINDOW; place++) {
      batch.order(REFERRED, MERCHANT, 100, 0);
    }
    ledger.applyAnnounced(batch);
    assertThat(ledger.account(MERCHANT).turnover()).isEqualTo(turnover + 100 * LedgerDriver.WINDOW);
  }

  @Test
  void shouldFailAtACommandThatIsRejected() {
    assertThatThrownBy(() -> ledger.issue(NOBODY, 1)).isInstanceOf(WrongResultException.class);
    assertThatThrownBy(() -> ledger.openMember(REFERRED, REFERRED))
        .isInstanceOf(WrongResultException.class);
    assertThatThrownBy(() -> ledger.release()).isInstanceOf(WrongResultException.class);
    assertThatThrownBy(() -> ledger.order(REFERRED, NOBODY, 1))
        .isInstanceOf(WrongResultException.class);
    batch.order(NOBODY, MERCHANT, 1, 0);
    assertThatThrownBy(() -> ledger.applyAnnounced(batch)).isInstanceOf(WrongResultException.class);
    assertThatThrownBy(ledger::verify)
        .as("not every command was accepted")
        .isInstanceOf(WrongResultException.class);
  }

  private void days(int count) {
    for (int day = 0; day < count; day++) {
      trade.nextDay();
    }
  }

  private long pointsOfTheOthers() {
    long points = 0;
    for (long member = LedgerDriver.FIRST_MEMBER; member < REFERRED; member++) {
      points += ledger.account(member).points();
    }
    return points;
  }
}
