package dev.verdant.memory;

/**
 * Conditions as numbers, 1 or 0, without a branch: for what no processor can foresee, where a wrong
 * guess costs more than the arithmetic (Warren, Hacker's Delight, 2-12).
 */
public final class BranchFree {
  private static final int SIGN = Long.SIZE - 1;
  private static final long LOWEST_OF_SHORTS = 0x0001_0001_0001_0001L;
  private static final long SIGN_OF_SHORTS = LOWEST_OF_SHORTS << (Short.SIZE - 1);

  private BranchFree() {}

  /** 1 where the value is less than 0. */
  public static int isNegative(long value) {
    return (int) (value >>> SIGN);
  }

  /** 1 where the value is not 0. */
  public static int isSome(long value) {
    return (int) ((value | -value) >>> SIGN);
  }

  /**
   * Where the lowest 16 bits of four times 16 are that are 0: the lowest bit of the result, which
   * is bit 0, 16, 32 or 48, tells; those above it mean nothing. 0 where there are none (6-1).
   */
  public static long lowestZeroShort(long value) {
    return ((value - LOWEST_OF_SHORTS) & ~value & SIGN_OF_SHORTS) >>> (Short.SIZE - 1);
  }

  /** 1 where both are the same. */
  public static int isEqual(int a, int b) {
    return (int) ((((a ^ b) & 0xFFFF_FFFFL) - 1) >>> SIGN);
  }
}
