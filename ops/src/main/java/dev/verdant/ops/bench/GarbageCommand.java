package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Garbage;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code verdant bench garbage}. */
@Command(
    name = "garbage",
    description = "What a server allocates for a command, and whether it collects, in 60 s.")
public final class GarbageCommand extends MeasurementCommand {
  private static final int WATCHED_SECONDS = 60;

  @Override
  void check() {
    refuse(
        "garbage is watched once, for " + WATCHED_SECONDS + " s, whatever", List.of(RUNS, SECONDS));
  }

  @Override
  Result measure(Settings settings) throws IOException {
    return Garbage.measure(settings, WATCHED_SECONDS);
  }
}
