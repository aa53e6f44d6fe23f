package dev.verdant.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rulebook section 1, against arbitrary precision. */
class FixedPointTest {
  private static final int ROUNDS = 300_000;
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

  /** A non-negative number of a random number of bits, 0 to 63. */
  private long anyMagnitude() {
    final int bits = random.nextInt(64);
    return bits == 0 ? 0 : random.nextLong() >>> (Long.SIZE - bits);
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  private static long longOrTooLarge(BigInteger exact) {
    return exact.compareTo(LARGEST) > 0 ? FixedPoint.TOO_LARGE : exact.longValueExact();
  }
}
