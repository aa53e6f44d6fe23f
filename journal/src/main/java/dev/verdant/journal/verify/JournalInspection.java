package dev.verdant.journal.verify;

import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.disk.DirectoryLock;
import dev.verdant.journal.log.Acknowledged;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.recovery.CommandFeed;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.scan.ReplayBase;
import dev.verdant.journal.scan.SegmentSummary;
import dev.verdant.journal.snapshot.LedgerId;
import dev.verdant.protocol.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is in a data directory, for people.
 *
 * @param ledger which one it is; empty where nothing says it.
 * @param segments oldest first, up to the first bad record.
 * @param snapshots newest first.
 * @param journal what a check of the whole journal finds.
 * @param decision what the next start would do.
 * @param acknowledgedSequence last sequence acknowledged; empty where the record of it is missing
 *     or damaged.
 * @param command the one asked for; empty if none was, or the journal does not hold it.
 */
public record JournalInspection(
    Optional<LedgerId> ledger,
    List<SegmentSummary> segments,
    List<SnapshotSummary> snapshots,
    VerificationReport journal,
    RecoveryDecision decision,
    Optional<Long> acknowledgedSequence,
    Optional<JournaledCommand> command) {
  private static final long NONE = 0;

  /**
   * Looks at a data directory. Holds its lock meanwhile; writes nothing but that.
   *
   * @throws DataDirectoryInUseException if a server works on it.
   * @throws IOException if the directory cannot be read.
   */
  public static JournalInspection of(Path directory) throws IOException {
    return of(directory, NONE);
  }

  /**
   * Also looks for one command.
   *
   * @param sequence of the command, 1 or more.
   * @throws DataDirectoryInUseException if a server works on it.
   * @throws IOException if the directory cannot be read.
   */
  public static JournalInspection of(Path directory, long sequence) throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquireToRead(directory)) {
      final UnsafeBuffer message = new UnsafeBuffer();
      final List<SnapshotSummary> snapshots = SnapshotSummary.of(lock.directory());
      final List<ReplayBase> bases = SnapshotSummary.bases(snapshots);
      final JournalScan scan =
          JournalScan.whole(
              lock.directory(),
              bases,
              new CommandFeed(
                  sequence - 1,
                  (at, buffer, offset, length) -> {
                    if (at == sequence) {
                      message.wrap(new byte[length]);
                      message.putBytes(0, buffer, offset, length);
                    }
                  }));
      final JournalScan nextStart = JournalVerifier.nextStart(lock.directory(), scan, bases);
      final Acknowledged acknowledged = Watermark.read(lock.directory());
      return new JournalInspection(
          LedgerId.ofDirectory(lock.directory()),
          scan.segments(),
          snapshots,
          VerificationReport.of(scan, nextStart),
          nextStart.decision(),
          acknowledged.known() ? Optional.of(acknowledged.sequence()) : Optional.empty(),
          message.capacity() == 0
              ? Optional.empty()
              : Optional.of(new JournaledCommand(sequence, message)));
    }
  }

  /**
   * Looks for the last command of a moment, after which the ledger is as it was then.
   *
   * @param timeMillis since the epoch.
   * @return its sequence: the one before the first command that came later; 0 if the journal begins
   *     later.
   * @throws DataDirectoryInUseException if a server works on it.
   * @throws IOException if the directory cannot be read.
   */
  public static long lastSequenceAt(Path directory, long timeMillis) throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquireToRead(directory)) {
      final long[] last = {0};
      final boolean[] later = {false};
      JournalScan.whole(
          lock.directory(),
          SnapshotSummary.bases(SnapshotSummary.of(lock.directory())),
          new CommandFeed(
              0,
              (at, buffer, offset, length) -> {
                later[0] |= Messages.commandTimeMillis(buffer, offset) > timeMillis;
                last[0] = later[0] ? last[0] : at;
              }));
      return last[0];
    }
  }

  /** The segment that holds a command; empty if none does. */
  public Optional<SegmentSummary> segmentOf(long sequence) {
    return segments.stream().filter(segment -> segment.holds(sequence)).findFirst();
  }
}
