package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import org.junit.jupiter.api.Test;

/** Where an account's parts lie; what they hold is the rules' tests'. */
class AccountsTest {
  @Test
  void shouldHaveEachLineOfARecordInACacheLineOfItsOwn() {
    try (Memory memory = new Memory()) {
      final Accounts accounts = new Accounts(memory);
      for (long id = 1; id <= 10_000; id++) {
        final long a = accounts.read(accounts.add(id));
        assertThat(a % LotLine.BYTES).isZero();
        assertThat(Accounts.lots(a)).isEqualTo(a + LotLine.BYTES);
      }
      assertThat(Accounts.THIRD_LINE).isEqualTo(2 * LotLine.BYTES);
      assertThat(Accounts.RECORD_BYTES).isEqualTo(3 * LotLine.BYTES);
    }
  }
}
