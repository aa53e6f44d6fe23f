package dev.verdant.bench.report;

import java.util.List;
import java.util.Locale;

/** Cells in columns, for a terminal. */
final class TextTable {
  private TextTable() {}

  /** Lines of as many cells each; the first column to the left, the others to the right. */
  static String aligned(List<List<String>> cells) {
    final StringBuilder text = new StringBuilder();
    for (final List<String> line : cells) {
      for (int column = 0; column < line.size(); column++) {
        final int index = column;
        final int width = cells.stream().mapToInt(l -> l.get(index).length()).max().orElse(0);
        final String format = column == 0 ? "%-" + width + "s" : "  %" + width + "s";
        text.append(String.format(Locale.ROOT, format, line.get(column)));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
