package dev.verdant.ops.history;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.result.Outcome;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.protocol.codec.Status;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RememberedDaysTest {
  private static final OptionalInt NOT_TOLD = OptionalInt.empty();

  @Test
  void shouldBeginWithTheDayThatTheLedgerTellsAndMoveOnByItsWindow() {
    RememberedDays days = new RememberedDays(answer(OptionalInt.of(100), OptionalInt.of(30)));
    assertTooOld(days, 99);
    assertTaken(days, 100);
    assertTaken(days, 130);
    assertTaken(days, 100);
    assertTaken(days, 131);
    assertTooOld(days, 100);
    assertTaken(days, 101);
  }

  @Test
  void shouldTakeEachDayFirstWhereTheLedgerHasForgottenNothing() {
    RememberedDays days = new RememberedDays(answer(NOT_TOLD, OptionalInt.of(30)));
    assertTaken(days, -700_000);
    assertTooOld(days, -700_031);
  }

  @Test
  void shouldRefuseALedgerThatDoesNotTellWhatItRemembers() {
    assertThatThrownBy(() -> new RememberedDays(answer(NOT_TOLD, NOT_TOLD)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("version 3 of the protocol");
  }

  private static SequenceResult answer(OptionalInt firstRememberedDay, OptionalInt windowDays) {
    Outcome outcome = new Outcome(Status.OK, 7, false, "");
    return new SequenceResult(outcome, 8, 480, firstRememberedDay, windowDays);
  }

  private static void assertTaken(RememberedDays days, long day) {
    assertThatCode(() -> days.take(day)).doesNotThrowAnyException();
  }

  private static void assertTooOld(RememberedDays days, long day) {
    assertThatThrownBy(() -> days.take(day)).isInstanceOf(UnusableRowException.class);
  }
}
