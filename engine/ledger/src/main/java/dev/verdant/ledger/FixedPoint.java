package dev.verdant.ledger;

/**
 * Exact integer arithmetic of the rulebook (section 1): products in 128 bits, floor division of
 * non-negative numbers, no floating point.
 */
final class FixedPoint {
  /** 1 as a release ratio: ratios count in 10^-12. */
  static final long ONE = 1_000_000_000_000L;

  /** 1 as a rate: rates count in basis points. */
  static final long BPS = 10_000;

  /** One basis point as a release ratio. */
  static final long RATIO_PER_BPS = ONE / BPS;

  /** What a division returns whose result does not fit 63 bits. */
  static final long TOO_LARGE = -1;

  /** Points from which on {@link #releasedQuickly} may be wrong: no more than 2^60 / ONE. */
  static final long MANY_POINTS = 1L << 20;

  private static final int BINARY_RATIO_BITS = 60;

  private static final int ONE_POWER_OF_TWO = 12;
  private static final long ONE_ODD_FACTOR = ONE >>> ONE_POWER_OF_TWO;
  private static final long LOW_32 = 0xFFFF_FFFFL;

  private FixedPoint() {}

  /** floor(amount * rateBps / 10000), both non-negative; {@link #TOO_LARGE} beyond 63 bits. */
  static long share(long amount, int rateBps) {
    if (amount >>> Integer.SIZE == 0) {
      return amount * rateBps / BPS;
    }
    return multiplyDivide(amount, rateBps, BPS);
  }

  /** {@link #share}, or the largest long where the share would be larger. */
  static long saturatedShare(long amount, int rateBps) {
    final long share = share(amount, rateBps);
    return share == TOO_LARGE ? Long.MAX_VALUE : share;
  }

  /** floor(points * ratio / ONE), both non-negative; {@link #TOO_LARGE} beyond 63 bits. */
  static long released(long points, long ratio) {
    final long high = Math.multiplyHigh(points, ratio);
    if (high >>> (ONE_POWER_OF_TWO - 1) == 0) {
      // ONE is 2^12 times 5^12: what is left of the product after the shift fits 63 bits, and a
      // division of those by a constant is a multiplication.
      final long shifted =
          (high << (Long.SIZE - ONE_POWER_OF_TWO)) | ((points * ratio) >>> ONE_POWER_OF_TWO);
      return shifted / ONE_ODD_FACTOR;
    }
    return multiplyDivide(points, ratio, ONE);
  }

  /**
   * A ratio in 2^-60 instead of 10^-12, rounded up, for {@link #releasedQuickly}.
   *
   * @param ratio non-negative.
   * @return {@link #TOO_LARGE} for ratios of 8 and more.
   */
  static long binaryRatio(long ratio) {
    return multiplyDivideCeil(ratio, 1L << BINARY_RATIO_BITS, ONE);
  }

  /**
   * {@link #released} with one multiplication and no division. A rounded-up ratio is too large by
   * less than 2^-60, so the product by less than points / 2^60 &lt; 1 / ONE: not enough to reach
   * the next whole number, from which the exact product is 1 / ONE away at least, or has reached
   * it.
   *
   * @param points non-negative, less than {@link #MANY_POINTS}.
   * @param binaryRatio of the ratio, not too large.
   */
  static long releasedQuickly(long points, long binaryRatio) {
    return Math.multiplyHigh(points << (Long.SIZE - BINARY_RATIO_BITS), binaryRatio);
  }

  /** floor(a * b / divisor), a and b non-negative, divisor positive. */
  static long multiplyDivide(long a, long b, long divisor) {
    final long high = Math.multiplyHigh(a, b);
    final long low = a * b;
    if (high == 0 && low >= 0) {
      return low / divisor;
    }
    if (high >= divisor) {
      return TOO_LARGE;
    }
    final long quotient = divideUnsigned(high, low, divisor);
    return quotient < 0 ? TOO_LARGE : quotient;
  }

  /** ceil(a * b / divisor), a and b non-negative, divisor positive. */
  static long multiplyDivideCeil(long a, long b, long divisor) {
    final long floor = multiplyDivide(a, b, divisor);
    // The remainder fits 64 bits, so the low halves tell it.
    if (floor == TOO_LARGE || a * b - floor * divisor == 0) {
      return floor;
    }
    return floor == Long.MAX_VALUE ? TOO_LARGE : floor + 1;
  }

  /**
   * max(0, floor(amount * rateBps / 10000) - used), or the largest long where that is larger.
   *
   * @param amount non-negative.
   * @param rateBps non-negative.
   * @param used non-negative, taken off the share.
   */
  static long shareLess(long amount, long rateBps, long used) {
    final long high = Math.multiplyHigh(amount, rateBps);
    final long low = amount * rateBps;
    if (high == 0 && low >= 0) {
      return Math.max(0, low / BPS - used);
    }
    if (high >= BPS) {
      return Long.MAX_VALUE; // the share has more than 64 bits, used fewer
    }
    final long share = divideUnsigned(high, low, BPS);
    if (share >= 0) {
      return Math.max(0, share - used);
    }
    final long room = share - used; // of a share between 2^63 and 2^64
    return room < 0 ? Long.MAX_VALUE : room;
  }

  /** Unsigned 128 by 64 bits, high below divisor (Warren, Hacker's Delight, divlu). */
  private static long divideUnsigned(long high, long low, long divisor) {
    final int shift = Long.numberOfLeadingZeros(divisor);
    final long v = divisor << shift;
    final long v1 = v >>> 32;
    final long v0 = v & LOW_32;
    final long u32 = shift == 0 ? high : (high << shift) | (low >>> (Long.SIZE - shift));
    final long u10 = low << shift;
    final long q1 = digit(u32, u10 >>> 32, v1, v0);
    final long u21 = (u32 << 32) + (u10 >>> 32) - q1 * v;
    final long q0 = digit(u21, u10 & LOW_32, v1, v0);
    return (q1 << 32) + q0;
  }

  private static long digit(long u, long next, long v1, long v0) {
    long q = Long.divideUnsigned(u, v1);
    long r = u - q * v1;
    while (q >>> 32 != 0 || Long.compareUnsigned(q * v0, (r << 32) + next) > 0) {
      q--;
      r += v1;
      if (r >>> 32 != 0) {
        break;
      }
    }
    return q;
  }
}
