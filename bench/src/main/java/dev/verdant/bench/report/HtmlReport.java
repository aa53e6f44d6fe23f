package dev.verdant.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One HTML page: the circumstances, the rows, the plots but for those of too short a run to have a
 * curve. Needs no network and no script. On a narrow screen text wraps, and what is wider than that
 * is moved by itself.
 */
public final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 14px sans-serif; margin: 2em; max-width: 70em }
      p { overflow-wrap: anywhere } .wide { overflow-x: auto } .wide svg { display: block }
      table { border-collapse: collapse }
      td, th { padding: 0.2em 0.8em; text-align: right; border-bottom: 1px solid #ddd }
      td:first-child, th:first-child { text-align: left; font-family: monospace }
      @media (max-width: 40em) { body { margin: 0.5em } td, th { padding: 0.2em 0.4em } }
      svg text { font-size: 11px } .grid { stroke: #ddd } .span { fill: #eef; stroke: #ccd } .NO { background: #fdd }
      """;

  private static final String HEAD =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
          + "<meta name=\"generator\" content=\"verdant bench\"><title>";

  /** Otherwise a phone lays it out for a wide screen and shows it small. */
  private static final String VIEWPORT =
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";

  private HtmlReport() {}

  /** Whether a file holds a page that {@link #write} has written. */
  public static boolean isThere(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    final byte[] head = HEAD.getBytes(StandardCharsets.UTF_8);
    try (InputStream page = Files.newInputStream(file)) {
      return Arrays.equals(head, page.readNBytes(head.length));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes the page, replacing what is there.
   *
   * @param circumstances lines on machine, command and time, above the table.
   */
  public static void write(Path file, String title, List<String> circumstances, Result result)
      throws IOException {
    final StringBuilder page = new StringBuilder(HEAD).append(Html.escaped(title));
    page.append("</title>")
        .append(VIEWPORT)
        .append("<style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>");
    page.append(Html.escaped(title)).append("</h1>\n");
    circumstances.forEach(line -> page.append("<p>").append(Html.escaped(line)).append("</p>\n"));
    page.append(table(result.rows()));
    result.plots().stream().filter(Plot::hasCurve).map(HtmlReport::plot).forEach(page::append);
    page.append(parts(result.parts()));
    Files.writeString(file, page.append("</body></html>\n"));
  }

  private static String plot(Plot plot) {
    final String caption =
        plot.caption().isEmpty() ? "" : "<p>" + Html.escaped(plot.caption()) + "</p>\n";
    return "<h2>" + Html.escaped(plot.title()) + "</h2>\n" + wide(SvgPlot.of(plot)) + caption;
  }

  private static String wide(String content) {
    return "<div class=\"wide\">" + content + "</div>\n";
  }

  private static String parts(List<Part> parts) {
    final StringBuilder table = new StringBuilder();
    if (!parts.isEmpty()) {
      table.append("<table>\n");
      for (final List<String> line : RowTable.partCells(parts)) {
        table.append("<tr>");
        line.forEach(cell -> table.append("<td>").append(Html.escaped(cell)).append("</td>"));
        table.append("</tr>\n");
      }
      table.append("</table>\n");
    }
    return parts.isEmpty() ? "" : "<h2>Time</h2>\n" + wide(table.toString());
  }

  private static String table(List<Row> rows) {
    final StringBuilder table =
        new StringBuilder(
            "<table><tr><th>row</th><th>median</th><th>unit</th><th>range</th><th>runs</th>"
                + "<th>limit</th><th>ratio</th><th>bar</th><th>holds</th></tr>\n");
    for (final Row row : rows) {
      final List<String> cells = RowTable.cells(row);
      table.append("<tr class=\"").append(cells.get(cells.size() - 1)).append("\">");
      cells.forEach(cell -> table.append("<td>").append(Html.escaped(cell)).append("</td>"));
      table.append("</tr>\n");
    }
    return wide(table.append("</table>\n").toString())
        + rows.stream()
            .filter(row -> !row.note().isEmpty())
            .map(
                row ->
                    "<p><code>"
                        + Html.escaped(row.name())
                        + "</code>: "
                        + Html.escaped(row.note())
                        + "</p>\n")
            .collect(Collectors.joining());
  }
}
