package dev.verdant.ledger.property;

import java.util.List;
import java.util.SplittableRandom;

/** Choices from one seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** True in so many cases of a hundred. */
  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  /** From least to most, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** From least to most, both included. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Small numbers as often as large ones: uniform in the number of digits. */
  long logarithmic(long most) {
    int digits = Long.toString(most).length();
    long limit = Math.min(most, Math.round(Math.pow(10, between(1, digits))));
    return between(1, limit);
  }
}
