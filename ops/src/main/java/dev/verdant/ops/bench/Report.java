package dev.verdant.ops.bench;

import dev.verdant.bench.load.LoadFailedException;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.process.AtExit;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Result;
import dev.verdant.bench.report.RowTable;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.FileFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** What is said of one measurement in the end, whether it came to its end or not. */
final class Report {
  private final String title;
  private final Circumstances circumstances;
  private final Outputs outputs;
  private final Consumer<String> out;
  private final Consumer<String> progress;

  /**
   * A report that has not been made.
   *
   * @param outputs the files that it goes to.
   * @param out takes it as text.
   * @param progress takes what else is to be said, a line at a time.
   */
  Report(
      String title,
      Circumstances circumstances,
      Outputs outputs,
      Consumer<String> out,
      Consumer<String> progress) {
    this.title = title;
    this.circumstances = circumstances;
    this.outputs = outputs;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Reports a whole measurement.
   *
   * @throws IOException if a file cannot be written.
   */
  void make(Result result) throws IOException {
    print(circumstances.lines(), result);
    save(circumstances.lines(), result);
  }

  /**
   * Reports what a measurement had found before it failed.
   *
   * @param directory the logs of its processes are there.
   * @return what is to be thrown in the end.
   */
  Exception makeUnfinished(Result found, Throwable failure, Path directory) {
    if (AtExit.isUnderWay()) {
      return CommandFailure.failed("told to end before everything was measured", failure);
    }
    // What another thread has met comes wrapped.
    final Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    final Optional<String> known = reason(cause);
    final String reason = known.orElse(cause.toString());
    try {
      LogTail.of(directory).forEach(progress);
      makeUnfinished(cause instanceof WrongResultException ? Result.NONE : found, reason);
    } catch (IOException e) {
      progress.accept("what had been found could not be saved: " + e);
    }
    return known.isEmpty() && cause instanceof Exception unexpected
        ? unexpected
        : CommandFailure.failed(reason, cause);
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
  private void makeUnfinished(Result found, String reason) throws IOException {
    final List<String> lines = new ArrayList<>(circumstances.lines());
    final Result unfinished = found.incomplete(reason);
    if (!found.rows().isEmpty()) {
      final String missing =
          "rows are missing: the measurement failed when it had " + found.rows().size();
      progress.accept(missing);
      lines.add(missing);
      print(lines, unfinished);
    }
    save(lines, unfinished);
  }

  private void print(List<String> lines, Result result) {
    out.accept(String.join("\n", lines) + "\n");
    out.accept(RowTable.of(result.rows()));
    out.accept(RowTable.ofParts(result.parts()));
  }

  private void save(List<String> lines, Result result) throws IOException {
    outputs.write(title, circumstances, lines, result, progress);
  }
}
