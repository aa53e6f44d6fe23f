package dev.verdant.ops.bench;

import dev.verdant.bench.process.WorkDirectory;
import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Difference;
import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.RowsJson;
import dev.verdant.ops.session.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures in a directory of its own, then reports: table, JSON, HTML, exit status. The last row
 * tells whether the measurement came to its end. Until there is a report there is none of an
 * earlier measurement in its place either.
 */
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

  /** What is measured, the options being checked. */
  @FunctionalInterface
  interface Measurement {
    /** Measures. */
    Result measure() throws IOException;
  }

  /**
   * Checks the options.
   *
   * @param directory for whatever must be on disk meanwhile.
   * @throws ParameterException if the options do not fit.
   */
  abstract Measurement prepare(Path directory);

  /**
   * Where the page goes that nobody asked for.
   *
   * @param began when the measurement did, as a part of file names.
   * @return null for none.
   */
  Path pageByDefault(String began) {
    return null;
  }

  /**
   * Where the rows go as JSON that nobody asked for.
   *
   * @param began when the measurement did, as a part of file names.
   * @return null for none.
   */
  Path jsonByDefault(String began) {
    return null;
  }

  /**
   * Options that this measurement does not take as they are, or whose defaults are not picocli's,
   * by name, with what it takes.
   */
  Map<String, String> optionsInstead() {
    return Map.of();
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
    Alone.require(spec);
    if (baseline != null) {
      InputFile.require(spec, baseline);
    }
    final Optional<Campaign> earlier =
        baseline == null ? Optional.empty() : Optional.of(RowsJson.read(baseline));
    final Circumstances circumstances = ThisRun.circumstances(spec, optionsInstead());
    final Outputs outputs = outputs(circumstances.fact(Circumstances.DATE).replaceAll("[-:]", ""));
    requireFilesOfTheirOwn();
    outputs.requireWritable();
    final Report report =
        new Report(spec.qualifiedName(), circumstances, outputs, this::print, this::say);
    try (WorkDirectory directory = workDirectory()) {
      final Measurement measurement = prepare(directory.path());
      outputs.removeEarlier();
      final Result result = measured(measurement, directory.path(), report).complete();
      report.make(result);
      earlier.ifPresent(
          campaign -> print(Difference.of(campaign, new Campaign(circumstances, result.rows()))));
      return result.holds() ? 0 : CommandFailure.FAILED;
    }
  }

  private Outputs outputs(String began) {
    return new Outputs(
        Optional.ofNullable(json == null ? jsonByDefault(began) : json),
        Optional.ofNullable(html == null ? pageByDefault(began) : html));
  }

  /**
   * Were rows or page to go to the baseline, a measurement that fails would cost the earlier one;
   * were both to go to one file, the page would take the place of the rows.
   */
  private void requireFilesOfTheirOwn() throws IOException {
    requireOther("--json", json, "--baseline", baseline);
    requireOther("--html", html, "--baseline", baseline);
    requireOther("--html", html, "--json", json);
  }

  private void requireOther(String option, Path file, String otherOption, Path other)
      throws IOException {
    if (file != null && other != null && isSame(file, other)) {
      throw wrongUsage(
          new IllegalArgumentException(option + " is the " + otherOption + ": " + file));
    }
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    final boolean areThere = Files.exists(one) && Files.exists(other);
    return areThere
        ? Files.isSameFile(one, other)
        : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static Result measured(Measurement measurement, Path directory, Report report)
      throws Exception {
    try {
      return measurement.measure();
    } catch (IncompleteException e) {
      throw report.makeUnfinished(e.found(), e.getCause(), directory);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw report.makeUnfinished(Result.NONE, e, directory);
    }
  }

  private WorkDirectory workDirectory() throws IOException {
    return work == null ? WorkDirectory.temporary() : WorkDirectory.in(work);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}
