package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What catching up leaves of an account's lots; its figures are the property tests'. */
class CatchUpTest {
  private final Memory memory = new Memory();
  private final LedgerState state = new LedgerState(memory);
  private final CatchUp catchUp = new CatchUp(state);
  private final int first = state.cohorts.add(1, 1, 0);
  private final int second = state.cohorts.add(1, 1, 1);
  private final int account = state.accounts.add(1001);

  @AfterEach
  void close() {
    memory.close();
  }

  private void issue(int cohort, long points) {
    state.lots.add(lots(), cohort, points, state.cohorts);
  }

  private void run(int paying, long ratio) {
    state.cohorts.at(paying).pay(ratio, ++state.run);
  }

  private long lots() {
    return Accounts.lots(state.accounts.write(account));
  }

  /** Goes on to the first run of the next stretch at whose beginning lots are given back. */
  private void nextStretch() {
    state.run = (state.run / CatchUp.STRETCH_RUNS + 1) * CatchUp.STRETCH_RUNS;
  }

  @Test
  void shouldGiveBackTheLotsOfACohortThatHasExitedInTheNextStretchOfRuns() {
    issue(first, 100);
    issue(second, 100);
    run(first, FixedPoint.ONE);
    catchUp.bring(account);
    run(first, 2 * FixedPoint.ONE);
    state.cohorts.exit(first, state.run);
    run(second, FixedPoint.ONE);
    catchUp.bring(account);

    assertThat(Accounts.coupon(state.accounts.read(account))).isEqualTo(300);
    assertThat(LotLine.cohort(lots(), 0)).isEqualTo(first);
    assertThat(state.lots.heldPoints(lots(), state.cohorts)).isEqualTo(100);

    nextStretch();
    catchUp.bring(account);
    assertThat(LotLine.cohort(lots(), 0)).isZero();
    assertThat(state.lots.pointsOf(lots(), second)).isEqualTo(100);
    assertThat(Accounts.coupon(state.accounts.read(account))).isEqualTo(300);
  }

  @Test
  void shouldGiveBackLotsOfCohortsThatExitedInTheRunsOfEitherStretch() {
    issue(first, 100);
    issue(second, 100);
    nextStretch();
    catchUp.bring(account);
    state.cohorts.exit(first, ++state.run);
    nextStretch();
    state.cohorts.exit(second, state.run);
    catchUp.bring(account);
    assertThat(LotLine.isEmpty(lots())).isTrue();
  }
}
