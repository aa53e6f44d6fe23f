package dev.verdant.ops.bench;

import dev.verdant.bench.campaign.Result;
import dev.verdant.bench.snapshot.MemoryBench;
import dev.verdant.bench.snapshot.MemorySettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant bench memory}. */
@Command(
    name = "memory",
    description =
        "What a large ledger takes of memory while a snapshot goes to disk, and how long loading it"
            + " takes. Needs 12 GiB of memory and of disk at the default sizes, where the bars are"
            + " judged.")
public final class MemoryCommand extends ReportingCommand {
  private static final long MIB = 1L << 20;

  @Option(names = "--accounts", paramLabel = "N", description = "Members (default 21,000,000).")
  private Integer accounts;

  @Option(names = "--lots", paramLabel = "N", description = "Lots of each member (default 8).")
  private Integer lots;

  @Option(
      names = "--transactions",
      paramLabel = "N",
      description = "Transactions remembered (default 10,000,000).")
  private Integer transactions;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Orders a second while the snapshot is written (default 5,000).")
  private Integer rate;

  @Option(
      names = "--bound",
      paramLabel = "MIB",
      description = "What the snapshot may keep of memory (default 2048).")
  private Long boundMib;

  @Option(names = "--quick", description = "Small sizes: shows that it works, not how much.")
  private boolean quick;

  @Override
  Result measure(Path directory) throws IOException {
    return MemoryBench.run(settings(directory));
  }

  private MemorySettings settings(Path directory) {
    final MemorySettings settings = new MemorySettings().directory(directory);
    settings.progress(this::say);
    if (quick) {
      settings.quick();
    }
    if (accounts != null) {
      settings.members(accounts);
    }
    if (lots != null) {
      settings.lots(lots);
    }
    if (transactions != null) {
      settings.transactions(transactions);
    }
    if (rate != null) {
      settings.rate(rate);
    }
    if (boundMib != null) {
      settings.boundBytes(boundMib * MIB);
    }
    try {
      return settings.conclude();
    } catch (IllegalArgumentException e) {
      throw wrongUsage(e);
    }
  }
}
