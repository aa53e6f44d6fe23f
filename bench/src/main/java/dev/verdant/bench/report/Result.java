package dev.verdant.bench.report;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a measurement found.
 *
 * @param rows in the order of the report.
 * @param plots in the order of the report.
 * @param parts that it was measured in, where it has several.
 */
public record Result(List<Row> rows, List<Plot> plots, List<Part> parts) {
  /** Nothing yet. */
  public static final Result NONE = of();

  /** Measured in one. */
  public Result(List<Row> rows, List<Plot> plots) {
    this(rows, plots, List.of());
  }

  /** Rows without plots. */
  public static Result of(Row... rows) {
    return new Result(List.of(rows), List.of());
  }

  /** Both together. */
  public Result and(Result other) {
    return new Result(
        joined(rows, other.rows), joined(plots, other.plots), joined(parts, other.parts));
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** The same, with one part more that all of another was measured in. */
  public Result and(Result other, Part part) {
    return and(other).and(new Result(List.of(), List.of(), List.of(part)));
  }

  /**
   * A row by its name.
   *
   * @throws java.util.NoSuchElementException if there is none.
   */
  public Row row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  /** The same with every row changed. */
  public Result withRows(UnaryOperator<Row> change) {
    return new Result(rows.stream().map(change).toList(), plots, parts);
  }

  /** The same with one row changed. */
  public Result withRow(String name, UnaryOperator<Row> change) {
    return withRows(row -> row.name().equals(name) ? change.apply(row) : row);
  }

  /** The same, with a last row that says that nothing is missing. */
  public Result complete() {
    return and(Result.of(completeness(1)));
  }

  /**
   * The same, with a last row that says that it is not all, which misses its bar.
   *
   * @param why what kept the rest.
   */
  public Result incomplete(String why) {
    return and(Result.of(completeness(0).withNote("rows are missing: " + why)));
  }

  private static Row completeness(double value) {
    return Row.of(Row.COMPLETE, "campaigns", value).withBar(Bar.atLeast(1));
  }

  /** Whether no row misses its bar. */
  public boolean holds() {
    return rows.stream().allMatch(row -> row.holds().orElse(true));
  }
}
