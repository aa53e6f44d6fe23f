package dev.verdant.ops.bench;

import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.HtmlReport;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.RowsJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files that a report goes to, beside standard output.
 *
 * @param json takes the rows; none where nobody wants them.
 * @param page takes rows and plots; none where nobody wants them.
 */
record Outputs(Optional<Path> json, Optional<Path> page) {
  /**
   * Requires that all can be written, and leaves everything as it is.
   *
   * @throws IOException if one cannot.
   */
  void requireWritable() throws IOException {
    if (json.isPresent()) {
      OutputFile.requireWritable(json.orElseThrow());
    }
    if (page.isPresent()) {
      OutputFile.requireWritable(page.orElseThrow());
    }
  }

  /**
   * Removes the reports of an earlier measurement, so that nobody takes them for those of one which
   * ends before its own.
   *
   * @throws IOException if one cannot be removed.
   */
  void removeEarlier() throws IOException {
    if (json.isPresent()) {
      OutputFile.removeEarlier(json.orElseThrow());
    }
    if (page.isPresent()) {
      OutputFile.removeEarlier(page.orElseThrow());
    }
  }

  /**
   * Writes all, replacing what is there.
   *
   * @param lines above the page's table.
   * @param written told of each file where it is.
   */
  void write(
      String title,
      Circumstances circumstances,
      List<String> lines,
      Result result,
      Consumer<String> written)
      throws IOException {
    if (json.isPresent()) {
      RowsJson.write(json.orElseThrow(), new Campaign(circumstances, result.rows()));
      written.accept("rows as JSON: " + json.orElseThrow().toAbsolutePath());
    }
    if (page.isPresent()) {
      HtmlReport.write(page.orElseThrow(), title, lines, result);
      written.accept("rows and plots: " + page.orElseThrow().toAbsolutePath());
    }
  }
}
