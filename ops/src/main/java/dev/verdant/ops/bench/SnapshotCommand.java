package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Result;
import dev.verdant.bench.snapshot.SnapshotBench;
import dev.verdant.bench.snapshot.SnapshotSettings;
import java.io.IOException;
import java.nio.file.Path;
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
            + " The bars are judged at the default sizes only.")
public final class SnapshotCommand extends ReportingCommand {
  private static final long MIB = 1L << 20;

  @Option(names = "--accounts", paramLabel = "N", description = "Members (default 5,000,000).")
  private Integer accounts;

  @Option(names = "--lots", paramLabel = "N", description = "Lots of each member (default 4).")
  private Integer lots;

  @Option(names = "--rate", paramLabel = "N", description = "Orders a second (default 300,000).")
  private Integer rate;

  @Option(names = "--seconds", paramLabel = "N", description = "Of each run (default 20).")
  private Integer seconds;

  @Option(names = "--runs", paramLabel = "N", description = "Of each side (default 3).")
  private Integer runs;

  @Option(
      names = "--bound",
      paramLabel = "MIB",
      description = "What snapshots may keep of memory (default 2048).")
  private Long boundMib;

  @Option(names = "--quick", description = "Small sizes: shows that it works, not how fast.")
  private boolean quick;

  @Override
  Path pageByDefault() {
    return Path.of(System.getProperty("java.io.tmpdir"), "verdant-bench-snapshot.html");
  }

  @Override
  Result measure(Path directory) throws IOException {
    return SnapshotBench.run(settings(directory));
  }

  private SnapshotSettings settings(Path directory) {
    final SnapshotSettings settings = new SnapshotSettings().directory(directory);
    settings.progress(this::say);
    if (quick) {
      settings.quick();
    }
    if (accounts != null) {
      settings.members(accounts);
    }
    if (lots != null) {
      settings.lots(lots);
    }
    if (rate != null) {
      settings.rate(rate);
    }
    if (seconds != null) {
      settings.seconds(seconds);
    }
    if (runs != null) {
      settings.runs(runs);
    }
    if (boundMib != null) {
      settings.boundBytes(boundMib * MIB);
    }
    try {
      return settings.conclude();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e);
    }
  }
}
