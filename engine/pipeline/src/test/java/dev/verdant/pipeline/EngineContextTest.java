package dev.verdant.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.Ledger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineContextTest {
  @ParameterizedTest
  @ValueSource(ints = {-4096, 3, 1 << 21})
  void shouldRefuseARingThatIsNoPowerOfTwoOrTooLarge(int ringSize) {
    try (Ledger ledger = new Ledger()) {
      assertThatThrownBy(
              () ->
                  new EngineContext()
                      .ledger(ledger)
                      .journal(new MemoryJournal())
                      .failureListener(cause -> {})
                      .ringSize(ringSize)
                      .conclude())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("ring size " + ringSize + " is not a power of two up to 1048576");
    }
  }
}
