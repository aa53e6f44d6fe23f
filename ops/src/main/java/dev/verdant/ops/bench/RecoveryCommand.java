package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Recovery;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code verdant bench recovery}. */
@Command(
    name = "recovery",
    description =
        "What the start after a kill takes, and the bytes journaled an order. --runs are the days of"
            + " trade that are replayed; the start is measured once.")
public final class RecoveryCommand extends MeasurementCommand {
  @Override
  void check() {
    refuse("recovery replays whole days, as many as --runs says, whatever", List.of(SECONDS));
  }

  @Override
  Result measure(Settings settings) throws IOException {
    return Recovery.measure(settings);
  }
}
