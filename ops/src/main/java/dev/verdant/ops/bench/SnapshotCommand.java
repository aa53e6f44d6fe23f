package dev.verdant.ops.bench;

import dev.verdant.bench.report.Result;
import dev.verdant.bench.snapshot.SnapshotBench;
import dev.verdant.bench.snapshot.SnapshotSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant bench snapshot}. */
@Command(
    name = "snapshot",
    description =
        "What snapshots back to back cost the writer, in process: its latency at a fixed rate and"
            + " its throughput, with and without, of the ledger's memory alone and with a journal;"
            + " a page with plots shows the latency over time with the snapshots marked, in"
            + " verdant-bench-snapshot.html of the temporary directory unless --html says where."
            + " 5,000,000 members with 4 lots each and 300,000 orders a second by default, where"
            + " the bars are judged.")
public final class SnapshotCommand extends SizedCommand<SnapshotSettings> {
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(names = "--seconds", paramLabel = "N", description = "Of each run (default 20).")
  private Integer seconds;

  @Option(names = "--runs", paramLabel = "N", description = "Of each side (default 5).")
  private Integer runs;

  @Override
  Path pageByDefault(String began) {
    return Path.of(System.getProperty("java.io.tmpdir"), "verdant-bench-snapshot.html");
  }

  @Override
  SnapshotSettings defaults() {
    return new SnapshotSettings();
  }

  @Override
  void apply(SnapshotSettings settings) {
    if (seconds != null) {
      settings.seconds(seconds);
    }
    if (runs != null) {
      settings.runs(runs);
    }
  }

  @Override
  Map<String, String> ownOptions(SnapshotSettings settings) {
    return Map.of(
        "--runs",
        Integer.toString(settings.runs()),
        "--seconds",
        Double.toString(settings.runNanos() / NANOS_PER_SECOND));
  }

  @Override
  Result measure(SnapshotSettings settings) throws IOException {
    return SnapshotBench.run(settings);
  }
}
