package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memo against what it remembers: the history of each cohort. */
class PaidRatiosTest {
  private static final int RUNS = 3 * PaidRatios.RUNS;

  private final SplittableRandom random = new SplittableRandom(20250120);
  private final Memory memory = new Memory();
  private final LedgerState state = new LedgerState(memory);
  private final PaidRatios ratios = new PaidRatios(state);

  @AfterEach
  void close() {
    memory.close();
  }

  private void run() {
    state.run++;
    for (int cohort = 1; cohort <= state.cohorts.count(); cohort++) {
      if (random.nextInt(3) != 0) {
        final long paid = state.cohorts.paid(cohort) + 1 + random.nextInt(1000);
        state.cohorts.pay(cohort, paid, state.run);
      }
    }
  }

  private void requireRatiosAfter(int run) {
    final long[] after = ratios.after(run);
    if (state.run - run >= PaidRatios.RUNS) {
      assertThat(after).isNull();
      return;
    }
    for (int cohort = 1; cohort <= state.cohorts.count(); cohort++) {
      assertThat(after[cohort])
          .as("cohort %d after run %d of %d", cohort, run, state.run)
          .isEqualTo(state.cohorts.paidAt(cohort, run));
    }
  }

  @Test
  void shouldTellWhatTheHistoriesTellWhenRunsAndCohortsCome() {
    for (int i = 0; i < RUNS; i++) {
      requireRatiosAfter(random.nextInt(state.run + 1));
      for (int cohorts = random.nextInt(3); cohorts > 0; cohorts--) {
        state.cohorts.add(1, 1, i);
      }
      for (int run = 0; run <= state.run; run++) {
        requireRatiosAfter(run);
      }
      run();
    }
    assertThat(state.cohorts.count()).isGreaterThan(PaidRatios.RUNS);
  }

  @Test
  void shouldKeepNothingWhenThereAreTooManyCohorts() {
    for (int cohort = 1; cohort <= PaidRatios.MOST_COHORTS; cohort++) {
      state.cohorts.add(1, 1, 0);
    }
    run();
    requireRatiosAfter(0);
    requireRatiosAfter(1);
    state.cohorts.add(1, 1, 0);
    assertThat(ratios.after(1)).isNull();
  }
}
