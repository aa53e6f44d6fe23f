package dev.verdant.ops.bench;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.process.AtExit;
import dev.verdant.bench.process.WorkDirectory;
import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Difference;
import dev.verdant.bench.report.HtmlReport;
import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.RowTable;
import dev.verdant.bench.report.RowsJson;
import dev.verdant.ops.session.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures in a directory of its own, then reports: table, JSON, HTML, exit status. */
abstract class ReportingCommand implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "Where the rows go as JSON as well.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Where the rows and plots go as one HTML page as well.")
  private Path html;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "JSON of an earlier run, with which this one is compared as well.")
  private Path baseline;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Where data go meanwhile, in a directory of the run's own (default: with the system's"
              + " temporary files).")
  private Path work;

  @Spec private CommandSpec spec;

  /**
   * Measures.
   *
   * @param directory for whatever must be on disk meanwhile.
   * @throws ParameterException if the options do not fit.
   */
  abstract Result measure(Path directory) throws IOException;

  /** What the report is headed with. */
  String title() {
    return spec.qualifiedName();
  }

  /** Where the page goes that nobody asked for; null for none. */
  Path pageByDefault() {
    return null;
  }

  /** A line of progress. */
  final void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  /** Wrong usage, with a message that names the option. */
  final ParameterException wrongUsage(IllegalArgumentException cause) {
    return new ParameterException(spec.commandLine(), cause.getMessage(), cause);
  }

  /** Whether an option stands on the command line. */
  final boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  @Override
  public final Integer call() throws Exception {
    final Optional<Campaign> earlier =
        baseline == null ? Optional.empty() : Optional.of(RowsJson.read(baseline));
    final Circumstances circumstances = ThisRun.circumstances(spec);
    final Optional<Path> page = Optional.ofNullable(html == null ? pageByDefault() : html);
    requireWritable(Optional.ofNullable(json));
    requireWritable(page);
    try (WorkDirectory directory = workDirectory()) {
      final Result result = measured(directory.path(), circumstances, page);
      report(circumstances, circumstances.lines(), result, page);
      earlier.ifPresent(
          campaign -> print(Difference.of(campaign, new Campaign(circumstances, result.rows()))));
      return result.holds() ? 0 : CommandFailure.FAILED;
    }
  }

  private static void requireWritable(Optional<Path> output) throws IOException {
    if (output.isPresent()) {
      OutputFile.requireWritable(output.orElseThrow());
    }
  }

  private Result measured(Path directory, Circumstances circumstances, Optional<Path> page)
      throws Exception {
    try {
      return measure(directory);
    } catch (ParameterException e) {
      throw e;
    } catch (IncompleteException e) {
      throw failure(directory, circumstances, page, e.found(), e.getCause());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw failure(directory, circumstances, page, Result.NONE, e);
    }
  }

  /** Saves what there is, and returns what is to be said in the end. */
  private Exception failure(
      Path directory,
      Circumstances circumstances,
      Optional<Path> page,
      Result found,
      Throwable cause) {
    if (AtExit.isUnderWay()) {
      return CommandFailure.failed("told to end before everything was measured", cause);
    }
    try {
      LogTail.of(directory).forEach(this::say);
      if (cause instanceof WrongResultException) {
        return CommandFailure.failed(
            "a wrong result voids the figures: " + cause.getMessage(), cause);
      }
      if (!found.rows().isEmpty()) {
        reportUnfinished(circumstances, found, page);
      }
    } catch (IOException e) {
      say("what had been found could not be saved: " + e);
    }
    return cause instanceof Exception exception
        ? exception
        : CommandFailure.failed("not enough memory: " + cause.getMessage(), cause);
  }

  private void reportUnfinished(Circumstances circumstances, Result found, Optional<Path> page)
      throws IOException {
    final String missing =
        "rows are missing: the measurement failed when it had " + found.rows().size();
    say(missing);
    final List<String> lines = new ArrayList<>(circumstances.lines());
    lines.add(missing);
    report(circumstances, lines, found, page);
  }

  private WorkDirectory workDirectory() throws IOException {
    return work == null ? WorkDirectory.temporary() : WorkDirectory.in(work);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private void report(
      Circumstances circumstances, List<String> lines, Result result, Optional<Path> page)
      throws IOException {
    print(String.join("\n", lines) + "\n");
    print(RowTable.of(result.rows()));
    print(RowTable.ofParts(result.parts()));
    if (json != null) {
      RowsJson.write(json, new Campaign(circumstances, result.rows()));
    }
    if (page.isPresent()) {
      HtmlReport.write(page.orElseThrow(), title(), lines, result);
      say("rows and plots: " + page.orElseThrow().toAbsolutePath());
    }
  }
}
