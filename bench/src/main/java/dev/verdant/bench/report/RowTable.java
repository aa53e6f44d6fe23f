package dev.verdant.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Rows as a text table for a terminal. */
public final class RowTable {
  private RowTable() {}

  /** One line a row: median, range, limit, ratio, bar, whether it holds; notes below. */
  public static String of(List<Row> rows) {
    final List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("row", "median", "unit", "range", "runs", "limit", "ratio", "bar", "holds"));
    rows.forEach(row -> cells.add(cells(row)));
    return TextTable.aligned(cells)
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
    return parts.isEmpty() ? "" : TextTable.aligned(partCells(parts));
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
        bar(row),
        holds(row));
  }

  static String bar(Row row) {
    return row.bar()
        .map(bar -> (bar.atLeast() ? ">= " : "<= ") + Figures.text(bar.value()))
        .orElse("");
  }

  static String holds(Row row) {
    return row.holds().map(holds -> holds ? "yes" : "NO").orElse("");
  }

  static String text(OptionalDouble value) {
    return value.isPresent() ? Figures.text(value.getAsDouble()) : "";
  }
}
