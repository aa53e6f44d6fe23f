package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Growth;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code verdant bench growth}. */
@Command(
    name = "growth",
    description =
        "The ledger's longest stall while accounts are opened from none to all, without memory"
            + " reserved before and with it (as serve --memory-reserve-mib has it).")
public final class GrowthCommand extends MeasurementCommand {
  @Override
  void check() {
    refuse("growth has no server for", List.of(DURABILITY, IDLE, CONNECTIONS, WINDOW));
    refuse("growth has no trade for", List.of(DAY));
    refuse("growth lasts until all accounts are open, whatever", List.of(SECONDS));
  }

  @Override
  Result measure(Settings settings) {
    return Growth.measure(settings);
  }
}
