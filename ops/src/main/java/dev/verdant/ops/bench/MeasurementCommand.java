package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Settings;
import dev.verdant.ops.server.DurabilityOption;
import picocli.CommandLine.Option;

/** A measurement whose trade and promise can be chosen: its rows' names say nothing about them. */
abstract class MeasurementCommand extends LoadCommand {
  static final String DURABILITY = "--durability";
  static final String DAY = "--day";

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
      names = DURABILITY,
      paramLabel = "written|synced",
      defaultValue = "written",
      description = "What the server's acknowledgement promises (default ${DEFAULT-VALUE}).")
  private DurabilityOption durability;

  @Option(
      names = DAY,
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests between two releases (default 4 a member, 2 million at most).")
  private int requestsADay;

  @Override
  final void apply(Settings settings) {
    settings
        .members(members)
        .uniform(uniform)
        .durability(durability.durability())
        .requestsADay(requestsADay);
  }
}
