package dev.verdant.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows as a text table for a terminal. */
public final class RowTable {
  private RowTable() {}

  /** One line a row: median, range, limit, ratio, bar, whether it holds; notes below. */
  public static String of(List<Row> rows) {
    final List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("row", "median", "unit", "range", "runs", "limit", "ratio", "bar", "holds"));
    rows.forEach(row -> cells.add(cells(row)));
    return aligned(cells)
        + rows.stream()
            .filter(row -> !row.note().isEmpty())
            .map(row -> "  " + row.name() + ": " + row.note() + "\n")
            .collect(Collectors.joining());
  }

  /**
   * What each part took and what the host took from the machine meanwhile, and all of them; empty
   * where there are none.
   */
  public static String ofParts(List<Part> parts) {
    return parts.isEmpty() ? "" : aligned(partCells(parts));
  }

  static List<List<String>> partCells(List<Part> parts) {
    final List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("part", "s", "s stolen by the host"));
    parts.forEach(part -> cells.add(cells(part)));
    cells.add(cells(Part.all(parts)));
    return cells;
  }

  private static List<String> cells(Part part) {
    return List.of(part.name(), Figures.text(part.seconds()), text(part.stolenSeconds()));
  }

  static List<String> cells(Row row) {
    return List.of(
        row.name(),
        Figures.text(row.value()),
        row.unit(),
        Figures.text(row.least()) + " .. " + Figures.text(row.most()),
        Integer.toString(row.runs().size()),
        text(row.limit()),
        text(row.ratio()),
        row.bar()
            .map(bar -> (bar.atLeast() ? ">= " : "<= ") + Figures.text(bar.value()))
            .orElse(""),
        row.holds().map(holds -> holds ? "yes" : "NO").orElse(""));
  }

  /** The ratios of two campaigns' rows by name: candidate divided by baseline. */
  public static String difference(List<Row> baseline, List<Row> candidate) {
    final Map<String, Row> before =
        baseline.stream().collect(Collectors.toMap(Row::name, Function.identity(), (a, b) -> b));
    final List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("row", "unit", "baseline", "candidate", "ratio", "ranges"));
    for (final Row after : candidate) {
      final Row row = before.remove(after.name());
      cells.add(
          row == null
              ? List.of(after.name(), after.unit(), "", Figures.text(after.value()), "", "new")
              : List.of(
                  after.name(),
                  after.unit(),
                  Figures.text(row.value()),
                  Figures.text(after.value()),
                  String.format(Locale.ROOT, "%.3f", after.value() / row.value()),
                  after.least() > row.most() || after.most() < row.least() ? "apart" : "overlap"));
    }
    before
        .values()
        .forEach(
            row ->
                cells.add(
                    List.of(row.name(), row.unit(), Figures.text(row.value()), "", "", "gone")));
    return aligned(cells);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Figures.text(value.getAsDouble()) : "";
  }

  private static String aligned(List<List<String>> cells) {
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
