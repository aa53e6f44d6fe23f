package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import dev.verdant.protocol.codec.Status;
import org.junit.jupiter.api.Test;

/** The queue of remembered transactions over many days, by its own slots and segments. */
class TransactionsTest {
  private static final int PER_DAY = 30_000;
  private static final int DAYS = 20;
  private static final int WINDOW_DAYS = 2;

  @Test
  void shouldRememberTheWindowExactlyAndGiveTheRestBackWhenDaysPass() {
    try (Memory memory = new Memory()) {
      final Transactions transactions = new Transactions(memory);
      long largest = 0;
      for (int day = 0; day < DAYS; day++) {
        transactions.forgetBefore(day - WINDOW_DAYS);
        for (int i = 0; i < PER_DAY; i++) {
          transactions.expire();
          final long id = (long) day * PER_DAY + i + 1;
          assertThat(transactions.find(id, -id)).isZero();
          Transactions.words(
              transactions.add(id, -id, day, TransactionKind.REFUND, Status.OK), id, 0, 0, 0);
        }
        largest = Math.max(largest, memory.allocatedBytes());
        requireWindow(transactions, day);
      }
      // Three days of 96 bytes and their index, in segments of a megabyte and a half; 18 million
      // bytes where segments are not given back.
      assertThat(largest).isLessThan(15L << 20);
    }
  }

  private static void requireWindow(Transactions transactions, int day) {
    for (int of = Math.max(0, day - WINDOW_DAYS - 1); of <= day; of++) {
      for (int i = 0; i < PER_DAY; i += 7) {
        final long id = (long) of * PER_DAY + i + 1;
        final int slot = transactions.find(id, -id);
        if (of < day - WINDOW_DAYS) {
          assertThat(slot).isZero();
        } else {
          assertThat(Transactions.word(transactions.read(slot), 0)).isEqualTo(id);
        }
      }
    }
  }

  @Test
  void shouldTakeAForgottenIdAgainWhenItsRecordStillLiesThere() {
    try (Memory memory = new Memory()) {
      final Transactions transactions = new Transactions(memory);
      for (int id = 1; id <= 100; id++) {
        assertThat(transactions.find(id, 0)).isZero();
        transactions.add(id, 0, 0, TransactionKind.ISSUE, Status.OK);
      }
      transactions.forgetBefore(1);
      for (int id = 100; id >= 1; id--) {
        assertThat(transactions.find(id, 0)).isZero();
        transactions.add(id, 0, 1, TransactionKind.PAYOUT, Status.OK);
        transactions.expire();
      }
      for (int i = 0; i < 100; i++) {
        transactions.expire();
      }
      for (int id = 1; id <= 100; id++) {
        final int slot = transactions.find(id, 0);
        assertThat(Transactions.kind(transactions.read(slot)))
            .isEqualTo(TransactionKind.PAYOUT.code());
      }
    }
  }
}
