package dev.verdant.ops.cli;

import dev.verdant.client.result.Result;
import dev.verdant.ops.history.RowListener;
import dev.verdant.ops.output.JsonLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the rows: every one as a JSON line where a file is given, and the first few that
 * could not be used, of each reason, on standard error.
 */
final class ImportReport implements RowListener {
  private static final int SHOWN_PER_REASON = 3;

  private final JsonLines results;
  private final boolean namesFiles;
  private final PrintWriter messages;
  private final Map<String, Long> unusable = new TreeMap<>();

  /**
   * @param results takes a line for each row, or null.
   * @param namesFiles whether lines name their file, since there are several.
   */
  ImportReport(JsonLines results, boolean namesFiles, PrintWriter messages) {
    this.results = results;
    this.namesFiles = namesFiles;
    this.messages = messages;
  }

  @Override
  public void onAnswer(String file, long row, String orderId, Result result) throws IOException {
    if (results != null) {
      begin(file, row, result.status().name(), orderId);
      results.id("sequence", result.sequence()).end();
    }
  }

  @Override
  public void onUnusable(String file, long row, String orderId, String reason, String detail)
      throws IOException {
    if (unusable.merge(reason, 1L, Long::sum) <= SHOWN_PER_REASON) {
      messages.println(file + " row " + row + " cannot be used: " + reason + ", " + detail);
    }
    if (results != null) {
      begin(file, row, "UNUSABLE", orderId);
      results.text("reason", reason).text("detail", detail).end();
    }
  }

  @Override
  public void onAccountRefused(String file, long row, String account, String status)
      throws IOException {
    messages.println(file + " row " + row + ": account " + account + " not opened: " + status);
  }

  /** Says how many rows were not shown. */
  void end() {
    unusable.forEach(
        (reason, count) -> {
          if (count > SHOWN_PER_REASON) {
            messages.println(
                reason + ": " + (count - SHOWN_PER_REASON) + " more rows; --results lists all");
          }
        });
    messages.flush();
  }

  private void begin(String file, long row, String status, String orderId) throws IOException {
    results.begin().number("row", row).text("status", status).text("order_id", orderId);
    if (namesFiles) {
      results.text("file", file);
    }
  }
}
