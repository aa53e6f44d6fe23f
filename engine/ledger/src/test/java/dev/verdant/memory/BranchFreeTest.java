package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each condition at its borders, against the comparison that it stands for. */
class BranchFreeTest {
  private static final long[] LONGS = {
    0, 1, -1, Integer.MIN_VALUE, 1L << 31, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE
  };
  private static final int[] INTS = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE};

  @Test
  void shouldTellWhatComparisonsTell() {
    for (final long value : LONGS) {
      assertThat(BranchFree.isNegative(value)).isEqualTo(value < 0 ? 1 : 0);
      assertThat(BranchFree.isSome(value)).isEqualTo(value != 0 ? 1 : 0);
    }
    for (final int a : INTS) {
      for (final int b : INTS) {
        assertThat(BranchFree.isEqual(a, b)).isEqualTo(a == b ? 1 : 0);
      }
    }
  }
}
