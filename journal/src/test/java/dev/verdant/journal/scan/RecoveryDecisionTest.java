package dev.verdant.journal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.scan.RecoveryDecision.Ending;
import dev.verdant.journal.scan.RecoveryDecision.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryDecisionTest {
  @ParameterizedTest
  @CsvSource({
    "NOTHING, ABSENT,     START_FRESH",
    "NOTHING, UNREADABLE, REFUSE",
    "NOTHING, WITHIN,     START_FRESH",
    "NOTHING, HELD,       REFUSE",
    "NOTHING, BEYOND,     REFUSE",
    "CLEAN,   ABSENT,     CONTINUE",
    "CLEAN,   UNREADABLE, CONTINUE",
    "CLEAN,   WITHIN,     CONTINUE",
    "CLEAN,   HELD,       REFUSE",
    "CLEAN,   BEYOND,     REFUSE",
    "SHORT,   ABSENT,     REFUSE",
    "SHORT,   UNREADABLE, REFUSE",
    "SHORT,   WITHIN,     CONTINUE",
    "SHORT,   HELD,       CONTINUE",
    "SHORT,   BEYOND,     REFUSE",
    "TORN,    ABSENT,     REFUSE",
    "TORN,    UNREADABLE, REFUSE",
    "TORN,    WITHIN,     CUT_TAIL",
    "TORN,    HELD,       CONTINUE",
    "TORN,    BEYOND,     REFUSE",
    "BROKEN,  ABSENT,     REFUSE",
    "BROKEN,  UNREADABLE, REFUSE",
    "BROKEN,  WITHIN,     REFUSE",
    "BROKEN,  HELD,       REFUSE",
    "BROKEN,  BEYOND,     REFUSE",
  })
  void shouldDecideByTheTable(Ending ending, Promise promise, RecoveryDecision decision) {
    assertThat(RecoveryDecision.of(ending, promise)).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100,   0, WITHIN",
    "101, 100,   0, BEYOND",
    "100, 150, 120, WITHIN",
    "110, 100, 120, HELD",
    "120, 100, 120, HELD",
    "121, 100, 120, BEYOND",
  })
  void shouldCompareWhatWasAcknowledgedWithJournalAndSnapshot(
      long acknowledged, long journal, long snapshot, Promise promise) {
    assertThat(Promise.of(Acknowledged.at(acknowledged, 0), journal, snapshot)).isEqualTo(promise);
  }

  @Test
  void shouldTellNothingWithoutARecordOfAcknowledgements() {
    assertThat(Promise.of(Acknowledged.ABSENT, 100, 120)).isEqualTo(Promise.ABSENT);
    assertThat(Promise.of(Acknowledged.UNREADABLE, 100, 120)).isEqualTo(Promise.UNREADABLE);
  }
}
