package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Result;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.report.HtmlReport;
import dev.verdant.bench.report.RowTable;
import dev.verdant.bench.report.RowsJson;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all measurements have in common on the command line: settings in, reports out. */
abstract class MeasurementCommand implements Callable<Integer> {
  @Option(names = "--json", paramLabel = "FILE", description = "Where the rows go as JSON as well.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Where the rows and plots go as one HTML page as well.")
  private Path html;

  @Option(
      names = "--members",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Members that trade (default ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--uniform",
      description = "Uniformly random members and merchants; skewed as in real trade otherwise.")
  private boolean uniform;

  @Option(
      names = "--durability",
      paramLabel = "written|synced",
      defaultValue = "written",
      description = "What the server's acknowledgement promises (default ${DEFAULT-VALUE}).")
  private String durability;

  @Option(
      names = "--idle",
      paramLabel = "spin|yield|backoff",
      defaultValue = "backoff",
      description = "What the server's idle threads do (default ${DEFAULT-VALUE}).")
  private String idle;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs that are counted, after a warm-up (default ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "4",
      description = "Least measured seconds of a run (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--day",
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests between two releases (default 4 a member, 4 million at most).")
  private int requestsADay;

  @Option(
      names = "--connections",
      paramLabel = "1|2|4|8",
      defaultValue = "2",
      description = "Connections of the load (default ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests unanswered on a connection (default: what the server allows).")
  private int window;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where the servers' data go meanwhile (default: a temporary directory).")
  private Path work;

  @Spec private CommandSpec spec;

  /** Measures; the settings are concluded. */
  abstract Result measure(Settings settings) throws IOException;

  /** What the report is headed with. */
  String title() {
    return spec.qualifiedName();
  }

  @Override
  public final Integer call() throws IOException {
    final Path directory = workDirectory();
    try {
      final Result result = measure(settings(directory));
      report(result);
      return result.holds() ? 0 : CommandFailure.FAILED;
    } catch (WrongResultException e) {
      throw CommandFailure.failed("a wrong result voids the figures: " + e.getMessage(), e);
    } finally {
      if (work == null) {
        IoUtil.delete(directory.toFile(), true);
      }
    }
  }

  private Path workDirectory() throws IOException {
    return work == null
        ? Files.createTempDirectory("verdant-bench-")
        : Files.createDirectories(work);
  }

  private Settings settings(Path directory) {
    try {
      return new Settings()
          .members(members)
          .uniform(uniform)
          .durability(Durability.valueOf(durability.toUpperCase(Locale.ROOT)))
          .idle(idle)
          .runs(runs)
          .seconds(seconds)
          .requestsADay(requestsADay)
          .connections(connections)
          .window(window)
          .workDirectory(directory)
          .serverMain(List.of("dev.verdant.ops.Verdant", "serve"))
          .progress(this::say)
          .conclude();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  private List<String> originalArguments() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  private void report(Result result) throws IOException {
    final List<String> circumstances = Circumstances.lines(spec.root().name(), originalArguments());
    circumstances.forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().print(RowTable.of(result.rows()));
    spec.commandLine().getOut().flush();
    if (json != null) {
      RowsJson.write(json, result.rows());
    }
    if (html != null) {
      HtmlReport.write(html, title(), circumstances, result.rows(), result.plots());
    }
  }
}
