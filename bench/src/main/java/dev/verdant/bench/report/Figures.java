package dev.verdant.bench.report;

import java.util.Locale;

/** Numbers as people read them: three to four significant digits, thousands set apart. */
final class Figures {
  private static final double WHOLE_FROM = 1000;
  private static final double ONE_DIGIT_FROM = 100;
  private static final double TWO_DIGITS_FROM = 1;

  private Figures() {}

  static String text(double value) {
    final double size = Math.abs(value);
    if (size >= WHOLE_FROM || value == 0) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= ONE_DIGIT_FROM) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return String.format(Locale.ROOT, size >= TWO_DIGITS_FROM ? "%.2f" : "%.4f", value);
  }
}
