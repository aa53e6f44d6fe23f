package dev.verdant.bench.report;

/**
 * The bar that a row must hold, in the row's unit.
 *
 * @param value the worst that still holds.
 * @param atLeast whether more is better; else the value is the most allowed.
 */
public record Bar(double value, boolean atLeast) {
  /** Checks that it is a number: infinitely much of anything would be allowed. */
  public Bar {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a bar cannot be " + value);
    }
  }

  /** Holds from this value upwards. */
  public static Bar atLeast(double value) {
    return new Bar(value, true);
  }

  /** Holds up to this value. */
  public static Bar atMost(double value) {
    return new Bar(value, false);
  }

  /** Whether a measured value holds it. */
  public boolean holds(double measured) {
    return atLeast ? measured >= value : measured <= value;
  }
}
