package dev.verdant.bench.workload;

/**
 * The standard normal distribution, good to some 1e-7, by the approximations of Abramowitz and
 * Stegun (Handbook of Mathematical Functions, 26.2.17) and bisection of it.
 */
final class Normal {
  private static final double[] B = {
    0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429
  };
  private static final double P = 0.2316419;
  private static final double WIDEST = 8;
  private static final int STEPS = 50;

  private Normal() {}

  /** Probability of a value up to z. */
  static double probability(double z) {
    if (z < 0) {
      return 1 - probability(-z);
    }
    final double t = 1 / (1 + P * z);
    double sum = 0;
    for (int i = B.length - 1; i >= 0; i--) {
      sum = (sum + B[i]) * t;
    }
    return 1 - sum * StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  /** The value below which a draw lies with this probability, between 0 and 1. */
  static double quantile(double probability) {
    double low = -WIDEST;
    double high = WIDEST;
    for (int i = 0; i < STEPS; i++) {
      final double middle = (low + high) / 2;
      if (probability(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
