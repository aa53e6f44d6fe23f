package dev.verdant.ops.bench;

import dev.verdant.bench.load.LoadFailedException;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.process.AtExit;
import dev.verdant.bench.process.WorkDirectory;
import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Difference;
import dev.verdant.bench.report.IncompleteException;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.RowTable;
import dev.verdant.bench.report.RowsJson;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
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

  /** What the report is headed with. */
  String title() {
    return spec.qualifiedName();
  }

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
    if (baseline != null) {
      InputFile.require(spec, baseline);
    }
    final Optional<Campaign> earlier =
        baseline == null ? Optional.empty() : Optional.of(RowsJson.read(baseline));
    final Circumstances circumstances = ThisRun.circumstances(spec, optionsInstead());
    final Outputs outputs = outputs(circumstances.fact(Circumstances.DATE).replaceAll("[-:]", ""));
    requireFilesOfTheirOwn();
    outputs.requireWritable();
    try (WorkDirectory directory = workDirectory()) {
      final Measurement measurement = prepare(directory.path());
      outputs.removeEarlier();
      final Result result =
          measured(measurement, directory.path(), circumstances, outputs).complete();
      print(circumstances.lines(), result);
      save(circumstances, circumstances.lines(), result, outputs);
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

  private Result measured(
      Measurement measurement, Path directory, Circumstances circumstances, Outputs outputs)
      throws Exception {
    try {
      return measurement.measure();
    } catch (IncompleteException e) {
      throw failure(directory, circumstances, outputs, e.found(), e.getCause());
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      throw failure(directory, circumstances, outputs, Result.NONE, e);
    }
  }

  /** Saves what there is, and returns what is to be said in the end. */
  private Exception failure(
      Path directory,
      Circumstances circumstances,
      Outputs outputs,
      Result found,
      Throwable failure) {
    if (AtExit.isUnderWay()) {
      return CommandFailure.failed("told to end before everything was measured", failure);
    }
    // What another thread has met comes wrapped.
    final Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    final Optional<String> reason = reason(cause);
    try {
      LogTail.of(directory).forEach(this::say);
      final Result kept = cause instanceof WrongResultException ? Result.NONE : found;
      reportUnfinished(circumstances, kept, reason.orElse(cause.toString()), outputs);
    } catch (IOException e) {
      say("what had been found could not be saved: " + e);
    }
    return reason.isEmpty() && cause instanceof Exception unexpected
        ? unexpected
        : CommandFailure.failed(reason.orElse(cause.toString()), cause);
  }

  /** What failed, where that may well happen; empty for a fault of this program. */
  private static Optional<String> reason(Throwable cause) {
    if (cause instanceof WrongResultException) {
      return Optional.of("a wrong result voids the figures: " + cause.getMessage());
    }
    if (cause instanceof LoadFailedException) {
      return Optional.of(cause.getMessage());
    }
    if (cause instanceof IOException io) {
      return Optional.of(FileFailures.describe(io));
    }
    return cause instanceof OutOfMemoryError
        ? Optional.of("not enough memory: " + cause.getMessage())
        : Optional.empty();
  }

  /** A figure that is void is no row, but that it is missing is told in the files all the same. */
  private void reportUnfinished(
      Circumstances circumstances, Result found, String reason, Outputs outputs)
      throws IOException {
    final List<String> lines = new ArrayList<>(circumstances.lines());
    final Result unfinished = found.incomplete(reason);
    if (!found.rows().isEmpty()) {
      final String missing =
          "rows are missing: the measurement failed when it had " + found.rows().size();
      say(missing);
      lines.add(missing);
      print(lines, unfinished);
    }
    save(circumstances, lines, unfinished, outputs);
  }

  private WorkDirectory workDirectory() throws IOException {
    return work == null ? WorkDirectory.temporary() : WorkDirectory.in(work);
  }

  private void print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }

  private void print(List<String> lines, Result result) {
    print(String.join("\n", lines) + "\n");
    print(RowTable.of(result.rows()));
    print(RowTable.ofParts(result.parts()));
  }

  private void save(Circumstances circumstances, List<String> lines, Result result, Outputs outputs)
      throws IOException {
    outputs.write(title(), circumstances, lines, result, this::say);
  }
}
