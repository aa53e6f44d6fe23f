package dev.verdant.ops.bench;

import dev.verdant.bench.report.Result;
import dev.verdant.bench.snapshot.MemoryBench;
import dev.verdant.bench.snapshot.MemorySettings;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant bench memory}. */
@Command(
    name = "memory",
    description =
        "What a large ledger takes of memory while a snapshot goes to disk, and how long loading it"
            + " takes. 21,000,000 members with 8 lots each and 5,000 orders a second by default,"
            + " where the bars are judged: 12 GiB of memory and of disk.")
public final class MemoryCommand extends SizedCommand<MemorySettings> {
  @Option(
      names = "--transactions",
      paramLabel = "N",
      description = "Transactions remembered (default 10,000,000).")
  private Integer transactions;

  @Override
  MemorySettings defaults() {
    return new MemorySettings();
  }

  @Override
  void apply(MemorySettings settings) {
    if (transactions != null) {
      settings.transactions(transactions);
    }
  }

  @Override
  Map<String, String> ownOptions(MemorySettings settings) {
    return Map.of("--transactions", Integer.toString(settings.transactions()));
  }

  @Override
  Result measure(MemorySettings settings) throws IOException {
    return MemoryBench.run(settings);
  }
}
