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
    for (int zeros = 0; zeros < 16; zeros++) {
      for (final int some : new int[] {1, 0x7FFF, 0x8000, 0xFFFF}) {
        final long lowest = BranchFree.lowestZeroShort(shorts(zeros, some));
        assertThat(Long.numberOfTrailingZeros(lowest))
            .isEqualTo(zeros == 0 ? Long.SIZE : Short.SIZE * Integer.numberOfTrailingZeros(zeros));
      }
    }
    for (final int a : INTS) {
      for (final int b : INTS) {
        assertThat(BranchFree.isEqual(a, b)).isEqualTo(a == b ? 1 : 0);
      }
    }
  }

  /** Four times 16 bits: 0 where there is a bit, the lowest first, else some others. */
  private static long shorts(int zeros, int some) {
    long value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (zeros & (1 << i)) != 0 ? 0 : (long) some << (i * Short.SIZE);
    }
    return value;
  }
}
