package dev.verdant.ops.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import org.junit.jupiter.api.Test;

class SeenAccountsTest {
  private static final int MANY = 200_000;

  @Test
  void shouldTellTheFirstOfEachAndKnowItAgain() {
    long before = Memory.totalAllocatedBytes();
    try (SeenAccounts seen = new SeenAccounts()) {
      for (int number = 0; number < MANY; number++) {
        assertThat(seen.add(ExternalIds.account("C" + number))).isTrue();
        assertThat(seen.add(ExternalIds.account(Integer.toString(number)))).isTrue();
      }
      for (int number = 0; number < MANY; number++) {
        ExternalIds.Account hashed = ExternalIds.account("C" + number);
        assertThat(seen.add(hashed)).isFalse();
        assertThat(seen.has(hashed)).isTrue();
        assertThat(seen.has(ExternalIds.account(Integer.toString(number)))).isTrue();
      }
      assertThat(seen.has(ExternalIds.account("C" + MANY))).isFalse();
    }
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(before);
  }

  @Test
  void shouldTellTwoOfTheSameIdApart() {
    ExternalIds.Account hashed = ExternalIds.account("C1");
    ExternalIds.Account number = ExternalIds.account(Long.toUnsignedString(hashed.id()));
    assertThat(number.id()).isEqualTo(hashed.id());
    try (SeenAccounts seen = new SeenAccounts()) {
      assertThat(seen.add(hashed)).isTrue();
      assertThat(seen.add(number)).isFalse();
      assertThat(seen.has(hashed)).isTrue();
      assertThat(seen.has(number)).isFalse();
    }
  }
}
