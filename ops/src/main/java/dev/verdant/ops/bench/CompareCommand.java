package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Compare;
import dev.verdant.bench.campaign.Settings;
import dev.verdant.bench.report.Result;
import java.nio.file.Path;
import java.util.Map;
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
            + " limits of the machine, PostgreSQL and exchange-core. Rows and plots go to"
            + " verdant-compare-TIME.html of the working directory, the rows to"
            + " verdant-compare-TIME.json (verdant-compare-quick-TIME with --quick), unless --html"
            + " and --json say where.")
public final class CompareCommand extends LoadCommand {
  @Option(
      names = "--quick",
      description =
          "Small sizes, one short run of each, no bars: shows that it works and that the books"
              + " balance.")
  private boolean quick;

  @Option(names = "--no-peers", description = "Leaves PostgreSQL and exchange-core out.")
  private boolean noPeers;

  @Override
  Path jsonByDefault(String began) {
    return outputByDefault(began, ".json");
  }

  @Override
  Path pageByDefault(String began) {
    return outputByDefault(began, ".html");
  }

  /** Each campaign has files of its own, so that none replaces what took as long as another. */
  private Path outputByDefault(String began, String ending) {
    return Path.of("verdant-compare-" + (quick ? "quick-" : "") + began + ending);
  }

  @Override
  Map<String, String> optionsInstead() {
    return quick
        ? Map.of(
            RUNS,
            Integer.toString(Compare.QUICK_RUNS),
            SECONDS,
            Integer.toString(Compare.QUICK_SECONDS))
        : Map.of();
  }

  @Override
  void apply(Settings settings) {
    for (final String option : optionsInstead().keySet()) {
      if (isGiven(option)) {
        throw wrongUsage(new IllegalArgumentException("--quick has its own " + option));
      }
    }
  }

  @Override
  Result measure(Settings settings) {
    final Path modules = Path.of(System.getProperty("verdant.root", "."), "bench", "peers");
    return new Compare(settings, quick, noPeers ? Optional.empty() : Optional.of(modules))
        .measure();
  }
}
