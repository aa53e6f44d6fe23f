package dev.verdant.journal;

import dev.verdant.journal.snapshot.SnapshotDamagedException;
import dev.verdant.journal.snapshot.StoredSnapshot;
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
      return scan(lock.directory(), consumer);
    }
  }

  private static VerificationReport scan(Path directory, CommandConsumer consumer)
      throws IOException {
    final List<ReplayBase> snapshots = SnapshotSummary.bases(SnapshotSummary.of(directory));
    final JournalScan all = JournalScan.whole(directory, snapshots, new CommandFeed(0, consumer));
    return VerificationReport.of(all, nextStart(directory, all, snapshots));
  }

  /** What a start would do; it looks at the newest snapshot that its manifest shows to be good. */
  static RecoveryDecision nextStart(Path directory, JournalScan all, List<ReplayBase> snapshots)
      throws IOException {
    return snapshots.isEmpty()
        ? all.decision()
        : JournalScan.of(directory, snapshots.get(0), CheckedCommands.IGNORED).decision();
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
      final List<SnapshotVerification> snapshots = new ArrayList<>();
      final List<StoredSnapshot> good = new ArrayList<>();
      for (Path path : StoredSnapshot.list(lock.directory())) {
        try {
          final StoredSnapshot snapshot = StoredSnapshot.open(path);
          snapshot.check();
          good.add(snapshot);
        } catch (SnapshotDamagedException e) {
          snapshots.add(SnapshotVerification.damaged(path, e.fault()));
        }
      }
      final ReplayComparison replay = new ReplayComparison(good);
      boolean done = false;
      try {
        final VerificationReport journal = scan(lock.directory(), replay);
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
