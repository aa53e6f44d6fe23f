package dev.verdant.journal.recovery;

import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.snapshot.LedgerId;
import dev.verdant.journal.snapshot.SnapshotCheck;
import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** What a snapshot must pass before a start goes on from it, or a check says that one would. */
public final class SnapshotTrial {
  /**
   * Puts a snapshot to the test.
   *
   * @param directory the data directory.
   * @param use loads its parts, or only checks them.
   * @throws SnapshotDamagedException if a start passes over it.
   */
  public static void pass(Path directory, StoredSnapshot snapshot, Consumer<StoredSnapshot> use)
      throws IOException {
    requireSameLedger(directory, snapshot);
    // Before it is loaded: a replay would find it out too late.
    final Optional<Fault> contradiction = JournalScan.contradiction(directory, snapshot);
    if (contradiction.isPresent()) {
      throw new SnapshotDamagedException(
          new SnapshotFault(
              snapshot.sequence(),
              snapshot.path(),
              0,
              SnapshotCheck.JOURNAL,
              contradiction.get().toString()),
          null);
    }
    use.accept(snapshot);
  }

  /**
   * A ledger that has promised nobody anything yet becomes that of any snapshot put there; one
   * whose first start has not come so far is as none, to which a snapshot alone is not enough.
   */
  private static void requireSameLedger(Path directory, StoredSnapshot snapshot)
      throws IOException {
    final Acknowledged acknowledged = Watermark.read(directory);
    final Optional<LedgerId> ledger = LedgerId.ofDirectory(directory);
    if (ledger.isPresent()
        && snapshot.ledger().isPresent()
        && !ledger.equals(snapshot.ledger())
        && mayHavePromised(directory, acknowledged)) {
      throw new SnapshotDamagedException(
          new SnapshotFault(
              snapshot.sequence(),
              snapshot.path(),
              0,
              SnapshotCheck.LEDGER,
              "it is of " + snapshot.ledger().get() + ", the directory of " + ledger.get()),
          null);
    }
  }

  private static boolean mayHavePromised(Path directory, Acknowledged acknowledged)
      throws IOException {
    return switch (acknowledged.state()) {
      case KNOWN -> acknowledged.sequence() > 0;
      case ABSENT -> !JournalFiles.segments(directory).isEmpty();
      case UNREADABLE -> true;
    };
  }

  private SnapshotTrial() {}
}
