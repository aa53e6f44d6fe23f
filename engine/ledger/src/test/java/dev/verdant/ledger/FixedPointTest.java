package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rulebook section 1, against arbitrary precision. */
class FixedPointTest {
  private static final int ROUNDS = 300_000;
  private static final int ROUNDS_A_PAIR = 8;
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final SplittableRandom random = new SplittableRandom(20250120);

  @Test
  void shouldFloorExactlyOrSayTooLargeWhenProductsTake128Bits() {
    int large = 0;
    for (int i = 0; i < ROUNDS; i++) {
      final long a = anyMagnitude();
      final long b = anyMagnitude();
      final long divisor = Math.max(1, anyMagnitude());
      final BigInteger[] exact = product(a, b).divideAndRemainder(BigInteger.valueOf(divisor));
      final long floor = FixedPoint.multiplyDivide(a, b, divisor);
      final long ceil = FixedPoint.multiplyDivideCeil(a, b, divisor);
      final BigInteger up = exact[0].add(BigInteger.valueOf(exact[1].signum()));
      assertThat(floor).isEqualTo(longOrTooLarge(exact[0]));
      assertThat(ceil).isEqualTo(longOrTooLarge(up));
      large += floor == FixedPoint.TOO_LARGE ? 1 : 0;
    }
    assertThat(large).isBetween(ROUNDS / 10, ROUNDS / 2);
  }

  @Test
  void shouldTakeOffWhatIsUsedExactlyWhenTheShareIsLargerThanALong() {
    for (int i = 0; i < ROUNDS; i++) {
      final long amount = anyMagnitude();
      final int rateBps = random.nextInt(1_000_001);
      final long used = anyMagnitude();
      final BigInteger room =
          product(amount, rateBps)
              .divide(BigInteger.valueOf(FixedPoint.BPS))
              .subtract(BigInteger.valueOf(used))
              .max(BigInteger.ZERO)
              .min(LARGEST);
      assertThat(FixedPoint.shareLess(amount, rateBps, used)).isEqualTo(room.longValueExact());
    }
  }

  @Test
  void shouldHoldAtTheEdgesOf64Bits() {
    assertThat(FixedPoint.multiplyDivide(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(FixedPoint.multiplyDivide(Long.MAX_VALUE, 2, 1)).isEqualTo(FixedPoint.TOO_LARGE);
    assertThat(FixedPoint.multiplyDivide(Long.MAX_VALUE, 2, 2)).isEqualTo(Long.MAX_VALUE);
    assertThat(FixedPoint.saturatedShare(Long.MAX_VALUE, 10_001)).isEqualTo(Long.MAX_VALUE);
    assertThat(FixedPoint.released(1_000_000_000_000L, 1)).isEqualTo(1);
    assertThat(FixedPoint.released(999_999_999_999L, 1)).isZero();
  }

  @Test
  void shouldShareExactlyWhateverTheMagnitudes() {
    for (int amountBits = 0; amountBits < Long.SIZE; amountBits++) {
      for (int rateBits = 0; rateBits < Integer.SIZE; rateBits++) {
        for (int i = 0; i < ROUNDS_A_PAIR; i++) {
          requireExactShare(ofBits(amountBits), (int) ofBits(rateBits));
        }
      }
    }
  }

  @Test
  void shouldShareExactlyWhereTheAmountOutgrows32Bits() {
    final int[] rates = {0, 1, 9_999, 10_000, 10_001, 1_000_000, Integer.MAX_VALUE};
    for (int rateBps : rates) {
      for (int step = -3; step <= 3; step++) {
        requireExactShare((1L << 32) + step, rateBps);
      }
      requireExactShare(Long.MAX_VALUE, rateBps);
    }
  }

  @Test
  void shouldReleaseExactlyWhateverTheMagnitudes() {
    for (int pointsBits = 0; pointsBits < Long.SIZE; pointsBits++) {
      for (int ratioBits = 0; ratioBits < Long.SIZE; ratioBits++) {
        for (int i = 0; i < ROUNDS_A_PAIR; i++) {
          requireExactRelease(ofBits(pointsBits), ofBits(ratioBits));
        }
      }
    }
  }

  @Test
  void shouldReleaseExactlyWhereTheProductReaches2To75() {
    // 2^75 - 1 and 2^75 + 1 as products: x^5 - 1 = (x - 1)(...) and x^5 + 1 = (x + 1)(...).
    final long x = 1L << 15;
    requireExactRelease(x - 1, 1 + x * (1 + x * (1 + x * (1 + x))));
    requireExactRelease(x + 1, 1 - x * (1 - x * (1 - x * (1 - x))));
    final BigInteger limit = BigInteger.ONE.shiftLeft(75);
    for (int bits = 13; bits < Long.SIZE; bits++) {
      requireExactRelease(1L << (bits - 1), (1L << (75 - bits)) - 1);
      requireExactRelease(1L << (bits - 1), 1L << (75 - bits));
      requireExactRelease(1L << (bits - 1), (1L << (75 - bits)) + 1);
      for (int i = 0; i < ROUNDS_A_PAIR; i++) {
        final long points = ofBits(bits);
        final BigInteger ratio = limit.divide(BigInteger.valueOf(points));
        for (int step = -1; step <= 1; step++) {
          requireExactRelease(points, ratio.longValueExact() + step);
        }
      }
    }
  }

  @Test
  void shouldReleaseQuicklyJustAsExactlyWherePointsAreFew() {
    for (int pointsBits = 0; 1L << pointsBits <= FixedPoint.MANY_POINTS; pointsBits++) {
      for (int i = 0; i < 100 * ROUNDS_A_PAIR; i++) {
        final long points = ofBits(pointsBits);
        requireQuickRelease(points, random.nextLong(8 * FixedPoint.ONE));
        // The ratios at which one more coupon is reached, and those next to them.
        if (points != 0) {
          final long coupons = random.nextLong(8 * points);
          final long ratio = FixedPoint.multiplyDivideCeil(coupons, FixedPoint.ONE, points);
          requireQuickRelease(points, ratio);
          requireQuickRelease(points, Math.max(0, ratio - 1));
        }
      }
      requireQuickRelease((1L << pointsBits) - 1, 8 * FixedPoint.ONE - 1);
    }
  }

  @Test
  void shouldHaveNoBinaryRatioFrom8On() {
    assertThat(FixedPoint.binaryRatio(8 * FixedPoint.ONE - 1)).isPositive();
    assertThat(FixedPoint.binaryRatio(8 * FixedPoint.ONE)).isEqualTo(FixedPoint.TOO_LARGE);
    assertThat(FixedPoint.binaryRatio(Long.MAX_VALUE)).isEqualTo(FixedPoint.TOO_LARGE);
  }

  private static void requireQuickRelease(long points, long ratio) {
    assertThat(FixedPoint.releasedQuickly(points, FixedPoint.binaryRatio(ratio)))
        .as("%d by %d", points, ratio)
        .isEqualTo(FixedPoint.released(points, ratio));
  }

  private static void requireExactShare(long amount, int rateBps) {
    final BigInteger exact = product(amount, rateBps).divide(BigInteger.valueOf(FixedPoint.BPS));
    assertThat(FixedPoint.share(amount, rateBps))
        .as("%d at %d bps", amount, rateBps)
        .isEqualTo(longOrTooLarge(exact));
    assertThat(FixedPoint.saturatedShare(amount, rateBps))
        .as("%d at %d bps", amount, rateBps)
        .isEqualTo(exact.min(LARGEST).longValueExact());
  }

  private static void requireExactRelease(long points, long ratio) {
    final BigInteger exact = product(points, ratio).divide(BigInteger.valueOf(FixedPoint.ONE));
    assertThat(FixedPoint.released(points, ratio))
        .as("%d by %d", points, ratio)
        .isEqualTo(longOrTooLarge(exact));
  }

  /** A non-negative number of a random number of bits, 0 to 63. */
  private long anyMagnitude() {
    return ofBits(random.nextInt(64));
  }

  /** A random number of exactly so many bits, 0 to 63. */
  private long ofBits(int bits) {
    if (bits == 0) {
      return 0;
    }
    final long highest = 1L << (bits - 1);
    return highest | (random.nextLong() & (highest - 1));
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  private static long longOrTooLarge(BigInteger exact) {
    return exact.compareTo(LARGEST) > 0 ? FixedPoint.TOO_LARGE : exact.longValueExact();
  }
}
