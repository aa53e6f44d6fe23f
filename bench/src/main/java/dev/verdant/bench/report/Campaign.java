package dev.verdant.bench.report;

import java.util.List;

/**
 * The rows of one run of a measurement.
 *
 * @param circumstances of all of them.
 * @param rows in the order of the report.
 */
public record Campaign(Circumstances circumstances, List<Row> rows) {
  /** Copies the rows. */
  public Campaign {
    rows = List.copyOf(rows);
  }
}
