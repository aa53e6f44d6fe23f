package dev.verdant.journal;

import dev.verdant.journal.append.ChronicleJournal;
import dev.verdant.journal.append.DiskSpace;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.CLibrary;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.disk.DirectoryLock;
import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.journal.recovery.Recovery;
import dev.verdant.journal.recovery.RecoveryReport;
import dev.verdant.journal.recovery.RecoveryTarget;
import dev.verdant.journal.scan.JournalScan;
import dev.verdant.journal.scan.RecoveryDecision;
import dev.verdant.journal.snapshot.LedgerId;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.SnapshotWriter;
import dev.verdant.pipeline.Journal;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory that this process owns: its journal, read back and ready for the next batch.
 *
 * <p>Opening goes: lock, room on the disk, load the newest good snapshot, read all batches behind
 * it and hand on their commands, decide by {@link RecoveryDecision}, set aside snapshots that must
 * never come back, remove what was torn, force what was kept, begin a new queue. Up to the decision
 * nothing is changed.
 */
public final class JournalDirectory implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(JournalDirectory.class);

  private final DirectoryLock lock;
  private final ChronicleJournal journal;
  private final RecoveryReport recovery;

  private JournalDirectory(DirectoryLock lock, ChronicleJournal journal, RecoveryReport recovery) {
    this.lock = lock;
    this.journal = journal;
    this.recovery = recovery;
  }

  /**
   * Opens a data directory; a missing or empty one is a fresh journal.
   *
   * @param durability what an acknowledgement will promise.
   * @param consumer gets every command kept, before this returns.
   * @throws DataDirectoryInUseException if it has an owner.
   * @throws JournalDamagedException if going on would lose what was acknowledged.
   * @throws IOException if the directory cannot be read or written, or has no room.
   */
  public static JournalDirectory open(
      Path directory, JournalOptions options, Durability durability, CommandConsumer consumer)
      throws IOException {
    return open(directory, options, durability, RecoveryTarget.ofCommands(consumer));
  }

  /** Opens a data directory and reads it back, by way of its newest snapshot. */
  static JournalDirectory open(
      Path given, JournalOptions options, Durability durability, RecoveryTarget target)
      throws IOException {
    options.conclude();
    CLibrary.require();
    final long startNanos = System.nanoTime();
    Disk.createDirectories(options.disk(), given);
    final DirectoryLock lock = DirectoryLock.acquire(given);
    boolean opened = false;
    try {
      // However it was given: files are told from each other by their paths.
      final Path directory = lock.directory();
      final DiskSpace space = DiskSpace.of(JournalFiles.home(directory), options);
      space.requireRoomToStart();
      final Recovery recovered = Recovery.of(directory, target);
      requireNotRefused(recovered);
      putInOrder(directory, options, recovered);
      settleLedger(directory, options.disk(), recovered);
      final JournalScan scan = recovered.scan();
      final ChronicleJournal journal =
          ChronicleJournal.start(
              lock, space, options, durability, scan.lastSequence(), scan.lastChecksum());
      final RecoveryReport recovery = RecoveryReport.of(recovered, System.nanoTime() - startNanos);
      opened = true;
      return new JournalDirectory(lock, journal, recovery);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static void requireNotRefused(Recovery recovered) {
    final JournalScan scan = recovered.scan();
    if (scan.decision() == RecoveryDecision.REFUSE) {
      throw new JournalDamagedException(scan.fault().orElseThrow(), recovered.snapshotFaults());
    }
    if (scan.endUnproven()) {
      LOGGER.warn(
          "no readable record of how far acknowledgements had gone (the file acknowledged):"
              + " nothing tells whether commands behind sequence {} are missing",
          scan.lastSequence());
    }
  }

  /** Leaves nothing on disk that a later start could take for what comes after this one. */
  private static void putInOrder(Path directory, JournalOptions options, Recovery recovered)
      throws IOException {
    final Disk disk = options.disk();
    final JournalScan scan = recovered.scan();
    final SnapshotWriter snapshots = new SnapshotWriter(disk, directory, options.reserveBytes());
    setAsideNewer(snapshots, recovered);
    snapshots.removeUnfinished();
    if (!scan.leavesFilesAlone()) {
      if (scan.batches() > 0 && scan.journalSequence() < scan.lastSequence()) {
        LOGGER.warn(
            "the snapshot of sequence {} is newer than the journal, which ends at {}: going on from"
                + " the snapshot, as after a loss of power",
            scan.lastSequence(),
            scan.journalSequence());
      }
      keepOnly(disk, directory, scan);
    } else if (JournalFiles.segments(directory).isEmpty()) {
      // As recover leaves it: no damage.
      LOGGER.info(
          "the journal has no files: going on from the snapshot of sequence {}",
          scan.lastSequence());
    } else {
      LOGGER.warn(
          "the journal ends before sequence {}, which the snapshot holds; its files are left as"
              + " they are{}",
          scan.lastSequence(),
          scan.fault().map(fault -> ": " + fault).orElse(""));
    }
    removeEmptyGenerations(disk, directory);
  }

  /**
   * Sets aside the snapshots that were of no use and are newer than what was: if one could be read
   * again, a later start would take it in place of all commands that are taken from now on.
   */
  private static void setAsideNewer(SnapshotWriter snapshots, Recovery recovered)
      throws IOException {
    final long last = recovered.scan().lastSequence();
    for (SnapshotFault fault : recovered.snapshotFaults()) {
      if (fault.sequence() > last) {
        try {
          final Path aside = snapshots.setAside(fault.sequence());
          LOGGER.warn(
              "going on from sequence {}: snapshot {} was passed over, is newer, and is set aside"
                  + " as {}",
              last,
              fault.sequence(),
              aside);
        } catch (IOException e) {
          throw new IOException(
              "snapshot "
                  + fault.sequence()
                  + " was passed over and is newer than sequence "
                  + last
                  + ", where this start would go on, but cannot be set aside: "
                  + e,
              e);
        }
      }
    }
  }

  /**
   * Has the directory say which ledger it is, if it does not: that of the snapshot that this start
   * goes on from, or a new one.
   */
  private static void settleLedger(Path directory, Disk disk, Recovery recovered)
      throws IOException {
    final Optional<LedgerId> said = LedgerId.ofDirectory(directory);
    final LedgerId ledger = recovered.ledger().or(() -> said).orElseGet(LedgerId::random);
    if (!said.equals(Optional.of(ledger))) {
      ledger.write(disk, directory);
    }
  }

  /** Removes what stands behind the last batch: its file's rest, later files, later queues. */
  private static void keepOnly(Disk disk, Path directory, JournalScan scan) throws IOException {
    final Path lastFile = scan.lastFile();
    final List<Path> segments = JournalFiles.segments(directory);
    if (lastFile != null) {
      if (!segments.contains(lastFile)) {
        throw new IllegalStateException(lastFile + " is none of the files of " + directory);
      }
      JournalFiles.seal(disk, lastFile, scan.lastEnd());
    }
    // The newest first, each for good: one that came back later would stand before younger ones.
    for (int i = segments.size() - 1; i > segments.indexOf(lastFile); i--) {
      disk.delete(segments.get(i));
      disk.forceDirectory(segments.get(i).getParent());
    }
  }

  private static void removeEmptyGenerations(Disk disk, Path directory) throws IOException {
    for (Path generation : JournalFiles.generations(directory)) {
      JournalFiles.deleteIfEmpty(disk, generation);
    }
  }

  /** The directory's path, without symbolic links. */
  Path path() {
    return lock.directory();
  }

  /** The journal, ready for the batch after the last one recovered. */
  public Journal journal() {
    return journal;
  }

  /** What was found when it was opened. */
  public RecoveryReport recovery() {
    return recovery;
  }

  /** Closes the journal and leaves the directory to others. */
  @Override
  public void close() throws IOException {
    try {
      journal.close();
    } finally {
      lock.close();
    }
  }
}
