package dev.verdant.journal.verify;

import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.disk.DirectoryLock;
import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.journal.recovery.CommandFeed;
import dev.verdant.journal.scan.CheckedCommands;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.ReplayBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks a journal without a server, and never repairs it. */
public final class JournalVerifier {
  /**
   * Reads every batch of a data directory and makes every check. Holds the directory's lock
   * meanwhile; writes nothing but that.
   *
   * @param consumer also gets every command that is right.
   * @throws DataDirectoryInUseException if a server works on it.
   * @throws IOException if the directory cannot be read.
   */
  public static VerificationReport verify(Path directory, CommandConsumer consumer)
      throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquireToRead(directory)) {
      return scan(lock.directory(), SnapshotSummary.of(lock.directory()), consumer);
    }
  }

  private static VerificationReport scan(
      Path directory, List<SnapshotSummary> snapshots, CommandConsumer consumer)
      throws IOException {
    final List<ReplayBase> bases = SnapshotSummary.bases(snapshots);
    final JournalScan all = JournalScan.whole(directory, bases, new CommandFeed(0, consumer));
    return VerificationReport.of(all, nextStart(directory, all, bases));
  }

  /**
   * What a start would find, which goes on from the newest snapshot that it can use.
   *
   * @param all what was found in all files.
   * @param bases the snapshots that a start can use, newest first.
   */
  static JournalScan nextStart(Path directory, JournalScan all, List<ReplayBase> bases)
      throws IOException {
    return bases.isEmpty() ? all : JournalScan.of(directory, bases.get(0), CheckedCommands.IGNORED);
  }

  /**
   * Checks the journal, every snapshot, and that each is what a replay makes.
   *
   * @return what was found, with the ledger as of the last command; the caller closes it.
   * @throws DataDirectoryInUseException if a server works on it.
   * @throws IOException if the directory cannot be read.
   */
  public static DirectoryVerification verifyAll(Path directory) throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquireToRead(directory)) {
      final List<SnapshotSummary> found = SnapshotSummary.of(lock.directory());
      final List<SnapshotVerification> snapshots = new ArrayList<>();
      for (SnapshotSummary snapshot : found) {
        snapshot
            .fault()
            .map(
                fault ->
                    SnapshotVerification.damaged(lock.directory().resolve(snapshot.path()), fault))
            .ifPresent(snapshots::add);
      }
      final ReplayComparison replay = new ReplayComparison(SnapshotSummary.good(found));
      boolean done = false;
      try {
        final VerificationReport journal = scan(lock.directory(), found, replay);
        replay.finish();
        snapshots.addAll(replay.compared());
        snapshots.sort(Comparator.comparingLong(SnapshotVerification::sequence).reversed());
        done = true;
        return new DirectoryVerification(
            journal, snapshots, replay.startSequence(), replay.ledger());
      } finally {
        if (!done) {
          replay.close();
        }
      }
    }
  }

  private JournalVerifier() {}
}
