package dev.verdant.ops.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.drill.injection.InjectionKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillPlanTest {
  private static final long SEED = 7;
  private static final int ROUNDS = 200;

  @Test
  void shouldBeTheSameForTheSameSeedAndAnotherForAnother() {
    List<InjectionKind> plan = DrillPlan.of(ROUNDS, SEED, Optional.empty());
    assertThat(plan).hasSize(ROUNDS).isEqualTo(DrillPlan.of(ROUNDS, SEED, Optional.empty()));
    assertThat(plan).isNotEqualTo(DrillPlan.of(ROUNDS, SEED + 1, Optional.empty()));
  }

  @Test
  void shouldHaveEveryKindWhenThereAreAsManyRounds() {
    int kinds = InjectionKind.values().length;
    assertThat(DrillPlan.of(kinds, SEED, Optional.empty()))
        .containsExactlyInAnyOrder(InjectionKind.values());
    assertThat(EnumSet.copyOf(DrillPlan.of(ROUNDS, SEED, Optional.empty()))).hasSize(kinds);
  }

  @Test
  void shouldHaveTheFirstKindsOnceEachWhenItIsShort() {
    assertThat(DrillPlan.of(3, SEED, Optional.empty()))
        .containsExactlyInAnyOrder(
            InjectionKind.KILL, InjectionKind.TORN_TAIL, InjectionKind.BIT_FLIP);
  }

  @Test
  void shouldHaveOneKindOnlyWhenAskedFor() {
    assertThat(DrillPlan.of(2, SEED, Optional.of(InjectionKind.SAME_PID)))
        .containsExactly(InjectionKind.SAME_PID, InjectionKind.SAME_PID);
  }
}
