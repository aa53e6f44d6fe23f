package dev.verdant.ops.cli;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.script.ScriptApplier;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.protocol.ConnectionLostException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verdant apply}. */
@Command(
    name = "apply",
    description = {
      "Applies scripts of JSON lines, one command each, and writes one result line for each as the"
          + " answers arrive.",
      "A line that is not a command is answered MALFORMED and does not stop the script; blank"
          + " lines at the end are no lines. With several scripts each result names its script.",
      "Tells on standard error, at the end, how many lines were answered how. The exit status is 0"
          + " whatever the answers are, as long as every line has one."
    })
public final class ApplyCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  @Mixin private LedgerTarget target;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Where the result lines go, made anew; standard output where not given.")
  private Path resultsFile;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "8192",
      description =
          "Most commands unanswered at a time (default ${DEFAULT-VALUE}). 1 makes a resume after a"
              + " broken connection exact: go on at the first line without a result.")
  private int window;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest wait for the next answer (default ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Parameters(
      arity = "1..*",
      paramLabel = "SCRIPT",
      description = "A file of JSON lines, or - for standard input.")
  private List<String> scripts;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    checkUsage();
    try (JsonLines results = results();
        LedgerSession session = target.openForCommands()) {
      Exchange exchange = new Exchange(session.connection(), window, timeoutSeconds);
      ScriptApplier applier = new ScriptApplier(exchange, results);
      for (String script : scripts) {
        apply(script, applier);
      }
      summarize(applier.counts());
    }
    return 0;
  }

  private void checkUsage() throws IOException {
    if (window < 1 || timeoutSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--window and --timeout must be at least 1, not " + window + " and " + timeoutSeconds);
    }
    List<Path> files =
        scripts.stream().filter(script -> !script.equals(STANDARD_INPUT)).map(Path::of).toList();
    for (Path file : files) {
      // What is no regular file may be a pipe that a shell has made.
      if (!Files.exists(file) || Files.isDirectory(file)) {
        throw new ParameterException(spec.commandLine(), "no such script: " + file);
      }
    }
    if (scripts.size() - files.size() > 1) {
      throw new ParameterException(spec.commandLine(), "standard input can be read only once");
    }
    ResultsFile.requireOther(spec, resultsFile, files);
  }

  private JsonLines results() throws IOException {
    return resultsFile == null ? JsonLines.onStandardOutput() : JsonLines.inFile(resultsFile);
  }

  private void apply(String script, ScriptApplier applier) throws IOException {
    try (InputStream in = open(script)) {
      applier.apply(scripts.size() > 1 ? script : null, in);
    } catch (ConnectionLostException | CommandFailure e) {
      throw CommandFailure.failed(
          e.getMessage() + "; " + script + " has results up to line " + applier.lastAnsweredLine(),
          e);
    }
  }

  /** A script of lines that are no commands ends well: it is told here. */
  private void summarize(SortedMap<String, Long> counts) {
    long lines = counts.values().stream().mapToLong(Long::longValue).sum();
    String statuses =
        counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "));
    PrintWriter messages = spec.commandLine().getErr();
    messages.println(lines + " lines" + (statuses.isEmpty() ? "" : ": " + statuses));
    messages.flush();
  }

  /**
   * Not by {@link Files}: asked what is available, such a stream of JDK 17 seeks, in a pipe too.
   */
  private static InputStream open(String script) throws IOException {
    return script.equals(STANDARD_INPUT)
        ? new FileInputStream(FileDescriptor.in)
        : new FileInputStream(script);
  }
}
