package dev.verdant.ops.script;

import dev.verdant.client.result.ReleaseResult;
import dev.verdant.client.result.Result;
import dev.verdant.ops.output.JsonLines;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Result lines: {@code line} and {@code status} first, then what the status or the op adds. */
final class ResultWriter {
  private final JsonLines out;
  private final SortedMap<String, Long> counts = new TreeMap<>();

  ResultWriter(JsonLines out) {
    this.out = out;
  }

  /**
   * Writes the ledger's answer to a line.
   *
   * @param script named in the result, or null where there is only one.
   */
  void answer(String script, long line, Result result) throws IOException {
    begin(script, line, result.status().name());
    if (result.accepted() && result instanceof ReleaseResult release && release.run().isPresent()) {
      ReleaseResult.Run run = release.run().get();
      out.flag("opened", run.opened())
          .number("period", run.period())
          .number("value", run.valueCp())
          .number("released", run.releasedFen())
          .number("backlog", run.backlogFen());
    }
    if (!result.outcome().detail().isEmpty()) {
      out.text("detail", result.outcome().detail());
    }
    if (result.sequence() != 0) {
      out.id("sequence", result.sequence());
    }
    out.end();
  }

  /** Writes that a line is no command. */
  void malformed(String script, long line, String detail) throws IOException {
    begin(script, line, "MALFORMED");
    out.text("detail", detail).end();
  }

  /** Results written, by status. */
  SortedMap<String, Long> counts() {
    return counts;
  }

  void flush() throws IOException {
    out.flush();
  }

  private void begin(String script, long line, String status) throws IOException {
    counts.merge(status, 1L, Long::sum);
    out.begin().number("line", line).text("status", status);
    if (script != null) {
      out.text("script", script);
    }
  }
}
