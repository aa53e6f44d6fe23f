package dev.verdant.memory;

/**
 * Conditions as numbers, 1 or 0, without a branch: for what no processor can foresee, where a wrong
 * guess costs more than the arithmetic (Warren, Hacker's Delight, 2-12).
 */
public final class BranchFree {
  private static final int SIGN = Long.SIZE - 1;

  private BranchFree() {}

  /** 1 where the value is less than 0. */
  public static int isNegative(long value) {
    return (int) (value >>> SIGN);
  }

  /** 1 where the value is not 0. */
  public static int isSome(long value) {
    return (int) ((value | -value) >>> SIGN);
  }

  /** 1 where both are the same. */
  public static int isEqual(int a, int b) {
    return (int) ((((a ^ b) & 0xFFFF_FFFFL) - 1) >>> SIGN);
  }
}
