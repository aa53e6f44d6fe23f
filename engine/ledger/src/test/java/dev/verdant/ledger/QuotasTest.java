package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.memory.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A merchant's cash by channel and day. */
class QuotasTest {
  private static final int LINE_BYTES = 64;

  private final Memory memory = new Memory();
  private final Quotas quotas = new Quotas(memory);

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void shouldKeepTheCashOfEachChannelApart() {
    final int first = quotas.add(1, 0);
    final int second = quotas.add(2, first);
    quotas.addCash(first, 10, 300);
    quotas.addCash(second, 10, 5);
    quotas.addCash(second, 10, 7);
    assertThat(quotas.cashOf(quotas.find(second, 1), 10)).isEqualTo(300);
    assertThat(quotas.cashOf(quotas.find(second, 2), 10)).isEqualTo(12);
    assertThat(quotas.find(second, 3)).isZero();
    assertThat(quotas.cashOf(0, 10)).isZero();
  }

  @Test
  void shouldBeginEachDayWithNothing() {
    final int quota = quotas.add(1, 0);
    quotas.addCash(quota, 10, 300);
    assertThat(quotas.cashOf(quota, 11)).isZero();
    quotas.addCash(quota, 11, 4);
    assertThat(quotas.cashOf(quota, 11)).isEqualTo(4);
    assertThat(quotas.cashOf(quota, 10)).isZero();
  }

  /** The look ahead reads a quota's first eight bytes, and so its line alone. */
  @Test
  void shouldHaveEachQuotaInOneCacheLine() {
    for (int i = 0; i < 100_000; i++) {
      final long quota = quotas.read(quotas.add(1, 0));
      assertThat(quota / LINE_BYTES).isEqualTo((quota + Quotas.RECORD_BYTES - 1) / LINE_BYTES);
    }
  }
}
