package dev.verdant.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.load.EngineTarget;
import dev.verdant.bench.load.Expectation;
import dev.verdant.bench.load.Timeline;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.Totals;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a journal is checked against the trade that filled it. */
class RecoveryTest {
  private static final int MEMBERS = 500;
  private static final int REQUESTS_A_DAY = 5_000;

  private final Settings settings = new Settings().members(MEMBERS).conclude();
  @TempDir private Path data;
  private Expectation expectation;

  @BeforeEach
  void trade() throws IOException {
    try (EngineTarget target = EngineTarget.launch(data);
        Trade trade = new Trade(target, Profile.skewed(MEMBERS), REQUESTS_A_DAY)) {
      trade.open();
      trade.tradeADay(new Timeline());
      trade.tradeADay(new Timeline());
      trade.verify();
      expectation = trade.checked().expectation();
    }
  }

  @Test
  void shouldTellWhatItTakesWhereEverythingIsRecovered() throws IOException {
    assertThat(Recovery.recover(settings, data, expectation).rows())
        .extracting(Row::name)
        .containsExactly("recovery", "recovery-replay", "journal-bytes");
  }

  @Test
  void shouldVoidTheFiguresWhenACommandIsMissing() {
    assertVoid(
        new Expectation(
            expectation.totals(),
            expectation.releasedFen(),
            expectation.someoneHasCoupons(),
            expectation.accounts(),
            expectation.sequence() + 1),
        "sequence: ");
  }

  @Test
  void shouldVoidTheFiguresWhenAnAmountIsAnother() {
    Totals oneFenMore = expectation.totals().plus(new Totals(0, 0, 1, 0, 0, 0, 0));
    assertVoid(
        new Expectation(
            oneFenMore,
            expectation.releasedFen(),
            expectation.someoneHasCoupons(),
            expectation.accounts(),
            expectation.sequence()),
        "CHANNEL_CLEARING: ");
  }

  private void assertVoid(Expectation other, String message) {
    assertThatThrownBy(() -> Recovery.recover(settings, data, other))
        .isInstanceOf(WrongResultException.class)
        .hasMessageContaining(message);
  }
}
