package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.LedgerAlone;
import dev.verdant.bench.campaign.Result;
import dev.verdant.bench.campaign.Settings;
import picocli.CommandLine.Command;

/** {@code verdant bench growth}. */
@Command(
    name = "growth",
    description = "The ledger's longest stall while accounts are opened from none to all.")
public final class GrowthCommand extends MeasurementCommand {
  private static final double BAR_MILLIS = 5;

  @Override
  Result measure(Settings settings) {
    return Result.of(new LedgerAlone(settings, "all").growth(BAR_MILLIS));
  }
}
