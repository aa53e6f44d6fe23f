package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Plot;
import dev.verdant.bench.report.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * What a measurement found.
 *
 * @param rows in the order of the report.
 * @param plots in the order of the report.
 */
public record Result(List<Row> rows, List<Plot> plots) {
  /** Rows without plots. */
  public static Result of(Row... rows) {
    return new Result(List.of(rows), List.of());
  }

  /** Both together. */
  public Result and(Result other) {
    final List<Row> allRows = new ArrayList<>(rows);
    allRows.addAll(other.rows);
    final List<Plot> allPlots = new ArrayList<>(plots);
    allPlots.addAll(other.plots);
    return new Result(List.copyOf(allRows), List.copyOf(allPlots));
  }

  /** Whether no row misses its bar. */
  public boolean holds() {
    return rows.stream().allMatch(row -> row.holds().orElse(true));
  }
}
