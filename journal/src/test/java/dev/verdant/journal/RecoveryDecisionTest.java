package dev.verdant.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.journal.RecoveryDecision.Ending;
import dev.verdant.journal.RecoveryDecision.Promise;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryDecisionTest {
  @ParameterizedTest
  @CsvSource({
    "NOTHING, ABSENT,     START_FRESH",
    "NOTHING, UNREADABLE, REFUSE",
    "NOTHING, WITHIN,     START_FRESH",
    "NOTHING, BEYOND,     REFUSE",
    "CLEAN,   ABSENT,     CONTINUE",
    "CLEAN,   UNREADABLE, CONTINUE",
    "CLEAN,   WITHIN,     CONTINUE",
    "CLEAN,   BEYOND,     REFUSE",
    "TORN,    ABSENT,     REFUSE",
    "TORN,    UNREADABLE, REFUSE",
    "TORN,    WITHIN,     CUT_TAIL",
    "TORN,    BEYOND,     REFUSE",
    "BROKEN,  ABSENT,     REFUSE",
    "BROKEN,  UNREADABLE, REFUSE",
    "BROKEN,  WITHIN,     REFUSE",
    "BROKEN,  BEYOND,     REFUSE",
  })
  void shouldDecideByTheTable(Ending ending, Promise promise, RecoveryDecision decision) {
    assertThat(RecoveryDecision.of(ending, promise)).isEqualTo(decision);
  }
}
