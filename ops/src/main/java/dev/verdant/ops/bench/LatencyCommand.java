package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Latency;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code verdant bench latency}. */
@Command(
    name = "latency",
    description =
        "Latencies of a server over TCP beside those of a bare echo: one order at a time, an open"
            + " loop at 200,000 orders/s, a sweep of rates; with the machine's own jitter.")
public final class LatencyCommand extends MeasurementCommand {
  @Override
  Result measure(Settings settings) throws IOException {
    return Latency.measure(settings);
  }
}
