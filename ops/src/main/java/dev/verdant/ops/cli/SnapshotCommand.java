package dev.verdant.ops.cli;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.Retention;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.LedgerSession;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verdant snapshot}. */
@Command(
    name = "snapshot",
    description =
        "Takes a snapshot of the ledger to disk now, or has a running server take one and waits for"
            + " its end, and prints its sequence as JSON. The next start loads it and replays only"
            + " what follows.")
public final class SnapshotCommand implements Callable<Integer> {
  @Mixin private LedgerTarget target;

  @Option(
      names = "--keep-journal",
      description =
          "With --data: keeps the journal's files that no snapshot needs any more, as serve does"
              + " with the same option.")
  private boolean keepJournal;

  @Override
  public Integer call() throws IOException {
    Optional<Path> directory = target.directory();
    try (JsonLines out = JsonLines.onStandardOutput()) {
      if (directory.isPresent()) {
        takeFrom(directory.get(), Retention.DEFAULT.withWholeJournal(keepJournal), out);
      } else {
        if (keepJournal) {
          throw CommandFailure.usage("--keep-journal goes with --data: a server has its own");
        }
        try (LedgerSession session = target.openForReading()) {
          new ServerSnapshot(session, Terminal.standardError()).take(out);
        }
      }
    }
    return 0;
  }

  private static void takeFrom(Path data, Retention retention, JsonLines out) throws IOException {
    try (DataDirectory directory =
        DataDirectory.open(data, new JournalOptions(), retention, Durability.WRITTEN)) {
      Optional<StoredSnapshot> stored = directory.takeSnapshot();
      write(
          out,
          directory.newestSnapshotSequence(),
          stored.isPresent(),
          stored.map(StoredSnapshot::accounts).orElse(0L),
          stored.map(StoredSnapshot::bytes).orElse(0L));
    }
  }

  /** Writes what there is on disk now: the newest sequence, and what was written for it. */
  static void write(JsonLines out, long sequence, boolean written, long accounts, long bytes)
      throws IOException {
    out.begin().number("sequence", sequence).flag("written", written);
    if (written) {
      out.number("accounts", accounts).number("bytes", bytes);
    }
    out.end();
  }
}
