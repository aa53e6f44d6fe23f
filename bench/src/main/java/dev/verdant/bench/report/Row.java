package dev.verdant.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of a campaign.
 *
 * @param name of the row, stable over versions: results of two runs are compared by it.
 * @param unit of the value, the runs, the limit and the bar.
 * @param runs the value of every run, in the order they were made; at least one.
 * @param limit the figure of the same campaign that bounds this one, in the same unit.
 * @param bar what the value must hold.
 * @param note what a reader must know beside the number; empty where there is nothing.
 */
public record Row(
    String name,
    String unit,
    List<Double> runs,
    OptionalDouble limit,
    Optional<Bar> bar,
    String note) {
  /**
   * Name of the last row of a report: 1 where the measurement came to its end, 0 where it failed
   * before. A file without it is of an earlier version, which did not tell.
   */
  public static final String COMPLETE = "campaign-complete";

  private static final String ONE_RUN = "one run";

  /** Checks that there is a run, and that all are numbers: infinitely much would hold any bar. */
  public Row {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("the row " + name + " has no run");
    }
    runs = List.copyOf(runs);
    runs.forEach(run -> requireNumber(name, run));
    limit.ifPresent(value -> requireNumber(name, value));
  }

  private static void requireNumber(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the row " + name + " cannot hold " + value);
    }
  }

  /** A row without limit, bar and note; the {@code with} methods add them. */
  public static Row of(String name, String unit, double... runs) {
    return of(name, unit, Arrays.stream(runs).boxed().toList());
  }

  /** The same of a list of runs. */
  public static Row of(String name, String unit, List<Double> runs) {
    return new Row(name, unit, runs, OptionalDouble.empty(), Optional.empty(), "");
  }

  /** The same row with the figure that bounds it. */
  public Row withLimit(double limit) {
    return new Row(name, unit, runs, OptionalDouble.of(limit), bar, note);
  }

  /** The same row with a bar. */
  public Row withBar(Bar bar) {
    return new Row(name, unit, runs, limit, Optional.of(bar), note);
  }

  /** The same row without a bar. */
  public Row withoutBar() {
    return new Row(name, unit, runs, limit, Optional.empty(), note);
  }

  /** The same row with a note. */
  public Row withNote(String note) {
    return new Row(name, unit, runs, limit, bar, note);
  }

  /** The same row; where its value is no median, the note begins with "one run". */
  public Row tellingOneRun() {
    if (runs.size() > 1) {
      return this;
    }
    return withNote(note.isEmpty() ? ONE_RUN : ONE_RUN + "; " + note);
  }

  /** The median of the runs. */
  public double value() {
    return Median.of(runs);
  }

  /** The smallest of the runs. */
  public double least() {
    return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest of the runs. */
  public double most() {
    return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** The value divided by the limit, where there is one other than 0. */
  public OptionalDouble ratio() {
    return limit.isPresent() && limit.getAsDouble() != 0
        ? OptionalDouble.of(value() / limit.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Whether the bar holds, where there is one. */
  public Optional<Boolean> holds() {
    return bar.map(b -> b.holds(value()));
  }
}
