package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.campaign.Throughput;
import dev.verdant.bench.report.Result;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant bench throughput}. */
@Command(
    name = "throughput",
    description =
        "Orders a second in a closed loop: of a server process over TCP, or of the ledger alone.")
public final class ThroughputCommand extends MeasurementCommand {
  private static final List<String> SERVER_OPTIONS = List.of(DURABILITY, IDLE, CONNECTIONS, WINDOW);

  @Option(
      names = "--ledger-only",
      description =
          "The ledger alone, in this process: no ring, journal or socket, and none of their options.")
  private boolean ledgerOnly;

  @Override
  void check() {
    if (ledgerOnly) {
      refuse("--ledger-only has no server for", SERVER_OPTIONS);
    }
  }

  @Override
  Result measure(Settings settings) throws IOException {
    return ledgerOnly
        ? Throughput.ofLedger(settings, "ledger")
        : Throughput.ofServer(settings, "tcp");
  }
}
