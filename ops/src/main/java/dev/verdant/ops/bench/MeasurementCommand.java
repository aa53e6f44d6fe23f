package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What all measurements under a trade have in common on the command line: their settings. */
abstract class MeasurementCommand extends ReportingCommand {
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
      defaultValue = "2",
      description = "Least measured seconds of a run (default ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--day",
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests between two releases (default 4 a member, 2 million at most).")
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

  /** Measures; the settings are concluded. */
  abstract Result measure(Settings settings) throws IOException;

  @Override
  final Result measure(Path directory) throws IOException {
    return measure(settings(directory));
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
      throw wrongUsage(e);
    }
  }
}
