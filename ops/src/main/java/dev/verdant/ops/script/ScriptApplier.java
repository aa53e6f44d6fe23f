package dev.verdant.ops.script;

import dev.verdant.client.request.Request;
import dev.verdant.client.result.Result;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.SortedMap;

/**
 * Applies scripts: sends each line's command, and writes one result line for each line, in order,
 * as the answers arrive. Results are flushed before the next command is sent whenever the window is
 * full, and before waiting for input; with a window of 1 whatever was sent before the last line
 * without a result has been answered and written.
 */
public final class ScriptApplier {
  private final Exchange exchange;
  private final ResultWriter results;
  private final CommandParser parser = new CommandParser();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private String script;
  private long lastAnsweredLine;

  /**
   * @param exchange with the ledger.
   * @param results takes the result lines.
   */
  public ScriptApplier(Exchange exchange, JsonLines results) {
    this.exchange = exchange;
    this.results = new ResultWriter(results);
  }

  /**
   * Applies one script to its end.
   *
   * @param script named in each result line, or null where there is only one.
   * @param in holds it; not closed.
   * @throws IOException if the script cannot be read or a result cannot be written.
   * @throws dev.verdant.ops.session.CommandFailure if the ledger takes no more commands.
   */
  public void apply(String script, InputStream in) throws IOException {
    this.script = script;
    lastAnsweredLine = 0;
    LineReader lines = new LineReader(in);
    try {
      for (long line = 1; next(lines); line++) {
        take(lines, line);
      }
      exchange.awaitAll();
      results.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The last line of the current script that has its result, 0 before the first. */
  public long lastAnsweredLine() {
    return lastAnsweredLine;
  }

  /** The lines of all scripts that have their results, by status. */
  public SortedMap<String, Long> counts() {
    return results.counts();
  }

  private boolean next(LineReader lines) throws IOException {
    try {
      if (!lines.isReady()) {
        exchange.awaitAll();
        results.flush();
      }
      return lines.next();
    } catch (IOException e) {
      // What has been sent is booked: what becomes of it is to be told.
      exchange.awaitAll();
      results.flush();
      throw e;
    }
  }

  private void take(LineReader lines, long line) throws IOException {
    Request<?> command;
    try {
      command = parser.parse(lines.bytes(), lines.offset(), lines.length());
    } catch (MalformedException e) {
      waiting.addLast(new Waiting(line, e.getMessage()));
      writeMalformed();
      if (waiting.size() >= exchange.window()) {
        exchange.awaitAll();
      }
      results.flush();
      return;
    }
    exchange.awaitRoom();
    results.flush();
    waiting.addLast(new Waiting(line, null));
    exchange.send(command, this::onResult);
  }

  private void onResult(Result result) {
    Waiting head = waiting.removeFirst();
    try {
      results.answer(script, head.line, result);
      lastAnsweredLine = head.line;
      writeMalformed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the malformed lines whose turn it is. */
  private void writeMalformed() throws IOException {
    while (!waiting.isEmpty() && waiting.peekFirst().malformedDetail != null) {
      Waiting head = waiting.removeFirst();
      results.malformed(script, head.line, head.malformedDetail);
      lastAnsweredLine = head.line;
    }
  }

  /** A line without a result: one that was sent, or a malformed one behind such lines. */
  private record Waiting(long line, String malformedDetail) {}
}
