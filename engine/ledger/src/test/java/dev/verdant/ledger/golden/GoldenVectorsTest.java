package dev.verdant.ledger.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import dev.verdant.ledger.harness.LedgerDriver;
import dev.verdant.ledger.model.WalkingModel;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The golden vectors, through the model and through the ledger. */
class GoldenVectorsTest extends LeakGuarded {
  @ParameterizedTest
  @ValueSource(strings = {"published-example", "small", "mixed-a", "mixed-b"})
  void shouldEqualTheGoldenVectorWhenTheModelAppliesTheScript(String name) {
    GoldenVector golden = GoldenVector.load(name);
    WalkingModel model = new WalkingModel();
    for (int i = 0; i < golden.commands().size(); i++) {
      assertThat(model.apply(golden.commands().get(i)))
          .as("line %d: %s", i + 1, golden.commands().get(i))
          .isEqualTo(golden.outcomes().get(i));
    }
    assertThat(model.accounts()).isEqualTo(golden.accounts());
    assertThat(model.pools()).isEqualTo(golden.pools());
    assertThat(withoutZeros(model.trialBalance())).isEqualTo(withoutZeros(golden.trialBalance()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"published-example", "small", "mixed-a", "mixed-b"})
  void shouldEqualTheGoldenVectorWhenTheLedgerAppliesTheScript(String name) {
    GoldenVector golden = GoldenVector.load(name);
    try (LedgerDriver ledger = new LedgerDriver()) {
      for (int i = 0; i < golden.commands().size(); i++) {
        assertThat(ledger.apply(golden.commands().get(i)))
            .as("line %d: %s", i + 1, golden.commands().get(i))
            .isEqualTo(golden.outcomes().get(i));
      }
      assertThat(ledger.accounts()).isEqualTo(golden.accounts());
      assertThat(ledger.pools()).isEqualTo(golden.pools());
      assertThat(withoutZeros(ledger.trialBalance()))
          .isEqualTo(withoutZeros(golden.trialBalance()));
    }
  }

  /** A trial balance in which a missing account and one of 0 are the same. */
  private static Map<String, Map<String, Long>> withoutZeros(
      Map<String, Map<String, Long>> trialBalance) {
    Map<String, Map<String, Long>> result = new TreeMap<>();
    trialBalance.forEach(
        (asset, amounts) -> {
          Map<String, Long> nonZero = new TreeMap<>(amounts);
          nonZero.values().removeIf(amount -> amount == 0);
          result.put(asset, nonZero);
        });
    return result;
  }
}
