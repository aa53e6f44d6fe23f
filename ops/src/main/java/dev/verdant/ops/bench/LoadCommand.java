package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import dev.verdant.ops.server.IdleOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What all measurements under a trade have in common on the command line: how the load is put. */
abstract class LoadCommand extends ReportingCommand {
  static final String RUNS = "--runs";
  static final String SECONDS = "--seconds";
  static final String IDLE = "--idle";
  static final String CONNECTIONS = "--connections";
  static final String WINDOW = "--window";

  @Option(
      names = IDLE,
      paramLabel = "spin|yield|backoff",
      defaultValue = "backoff",
      description = "What the server's idle threads do (default ${DEFAULT-VALUE}).")
  private IdleOption idle;

  @Option(
      names = RUNS,
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Runs that are counted, after a warm-up; of recovery, the days of trade that are replayed"
              + " (default ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = SECONDS,
      paramLabel = "N",
      defaultValue = "2",
      description = "Least measured seconds of a run (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = CONNECTIONS,
      paramLabel = "1|2|4|8",
      defaultValue = "2",
      description = "Connections of the load (default ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = WINDOW,
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests unanswered on a connection (default: what the server allows).")
  private int window;

  /** Sets what only some commands have. */
  void apply(Settings settings) {}

  /**
   * Checks what the settings do not.
   *
   * @throws picocli.CommandLine.ParameterException if the options do not fit.
   */
  void check() {}

  /**
   * Refuses options that would change nothing.
   *
   * @param why what has no use for them, as the beginning of a message.
   */
  final void refuse(String why, List<String> options) {
    for (final String option : options) {
      if (isGiven(option)) {
        throw wrongUsage(new IllegalArgumentException(why + " " + option));
      }
    }
  }

  /** Measures; the settings are concluded. */
  abstract Result measure(Settings settings) throws IOException;

  @Override
  final Measurement prepare(Path directory) {
    final Settings settings = settings(directory);
    check();
    return () -> measure(settings);
  }

  private Settings settings(Path directory) {
    final Settings settings =
        new Settings()
            .idle(idle.name())
            .runs(runs)
            .seconds(seconds)
            .connections(connections)
            .window(window)
            .workDirectory(directory)
            .serverMain(List.of("dev.verdant.ops.Verdant", "serve"))
            .progress(this::say);
    apply(settings);
    try {
      return settings.conclude();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e);
    }
  }
}
