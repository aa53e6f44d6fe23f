package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Compare;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code verdant bench compare}. Sizes, trade and promises are no options: the names of its rows
 * say what they are.
 */
@Command(
    name = "compare",
    description =
        "Everything side by side, in less than a quarter of an hour: ledger, server, latencies,"
            + " limits of the machine, PostgreSQL and exchange-core.")
public final class CompareCommand extends LoadCommand {
  @Option(
      names = "--quick",
      description =
          "Small sizes and short runs, no bars: shows that it works and that the books balance.")
  private boolean quick;

  @Option(names = "--no-peers", description = "Leaves PostgreSQL and exchange-core out.")
  private boolean noPeers;

  @Override
  Result measure(Settings settings) {
    final Path modules = Path.of(System.getProperty("verdant.root", "."), "bench", "peers");
    return new Compare(settings, quick, noPeers ? Optional.empty() : Optional.of(modules))
        .measure();
  }
}
