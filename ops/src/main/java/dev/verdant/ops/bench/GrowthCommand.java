package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Growth;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import picocli.CommandLine.Command;

/** {@code verdant bench growth}. */
@Command(
    name = "growth",
    description =
        "The ledger's longest stall while accounts are opened from none to all, without memory"
            + " reserved before and with it (as serve --memory-reserve-mib has it).")
public final class GrowthCommand extends MeasurementCommand {
  @Override
  Result measure(Settings settings) {
    return Growth.measure(settings);
  }
}
