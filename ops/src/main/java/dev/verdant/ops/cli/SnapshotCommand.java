package dev.verdant.ops.cli;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.DataDirectories;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant snapshot}. */
@Command(
    name = "snapshot",
    description =
        "Takes a snapshot of the ledger to disk now and prints its sequence as JSON. The next start"
            + " loads it and replays only what follows.")
public final class SnapshotCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The directory.")
  private Path data;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw CommandFailure.usage("no data directory " + data);
    }
    try (DataDirectory directory = DataDirectories.open(data, Durability.WRITTEN);
        JsonLines out = JsonLines.onStandardOutput()) {
      Optional<StoredSnapshot> stored = directory.takeSnapshot();
      out.begin()
          .number("sequence", directory.newestSnapshotSequence())
          .flag("written", stored.isPresent());
      if (stored.isPresent()) {
        out.number("accounts", stored.get().accounts()).number("bytes", stored.get().bytes());
      }
      out.end();
    }
    return 0;
  }
}
