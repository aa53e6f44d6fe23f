package dev.verdant.journal;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.SnapshotWriter;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.LedgerSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts snapshots of a ledger on disk and lets go what they make superfluous: older snapshots, and
 * the journal's files below the oldest that is kept, unless all are. One thread at a time; commands
 * may go on meanwhile.
 */
public final class SnapshotKeeper {
  private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotKeeper.class);

  private final Path directory;
  private final int kept;
  private final boolean keepsJournal;
  private final Disk disk;
  private final SnapshotWriter writer;

  /**
   * Sequences of the snapshots that the start has passed over. They do not count among those kept,
   * and are deleted once a newer one is there: a later start, which looks at the newest only, would
   * count them as good. So are those that the start has set aside under another name.
   */
  private final Set<Long> useless = ConcurrentHashMap.newKeySet();

  /**
   * @param directory real path of the data directory.
   * @param passedOver what the start found in snapshots that it could not use.
   * @throws IOException if the mark that the journal is kept cannot be set.
   */
  SnapshotKeeper(
      Path directory, JournalOptions options, Retention retention, List<SnapshotFault> passedOver)
      throws IOException {
    this.directory = directory;
    this.kept = retention.snapshots();
    this.disk = options.disk();
    this.keepsJournal = KeepMark.of(disk, directory, retention.wholeJournal());
    this.writer = new SnapshotWriter(disk, directory, options.reserveBytes());
    passedOver.forEach(fault -> useless.add(fault.sequence()));
  }

  /**
   * Writes a snapshot, forces it, and then deletes what is not needed any more; what of that cannot
   * be deleted is logged, and tried again with the next snapshot. An interrupt ends the writing;
   * whatever ends it leaves the older snapshots as they were.
   *
   * @param snapshot that the journal holds all commands of; the caller closes it.
   * @return the snapshot on disk; empty if there was nothing to do: no command yet, or none since
   *     the last snapshot.
   * @throws IOException if the disk did not take it.
   * @throws dev.verdant.memory.CutAbandonedException if the ledger has given up the snapshot.
   */
  public Optional<StoredSnapshot> keep(LedgerSnapshot snapshot) throws IOException {
    final long sequence = snapshot.sequence();
    if (sequence == 0 || newestSequence() == sequence) {
      return Optional.empty();
    }
    final long startNanos = System.nanoTime();
    if (useless.contains(sequence)) {
      removeUseless(sequence);
    }
    final StoredSnapshot stored =
        writer.write(
            snapshot,
            JournalPositions.before(directory, sequence),
            SystemEpochClock.INSTANCE.time());
    LOGGER.info(
        "snapshot {} written: {} accounts, {} bytes in {} ms",
        sequence,
        stored.accounts(),
        stored.bytes(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
    clearUp();
    return Optional.of(stored);
  }

  @FunctionalInterface
  private interface Clearing {
    void run() throws IOException;
  }

  /** Deletes what is not needed any more. What cannot be deleted keeps nothing else from going. */
  private void clearUp() {
    for (long sequence : List.copyOf(useless)) {
      attempt(() -> removeUseless(sequence));
    }
    attempt(writer::removeSetAside);
    attempt(this::removeOlder);
  }

  /** The snapshot is there all the same; what was to go may go with the next. */
  private static void attempt(Clearing clearing) {
    try {
      clearing.run();
    } catch (ClosedByInterruptException e) {
      LOGGER.info("told to end while older snapshots went: what is left goes with the next one");
    } catch (IOException | UncheckedIOException e) {
      LOGGER.warn("the snapshot is there, but not all behind it went: {}", e.toString());
    }
  }

  private void removeUseless(long sequence) throws IOException {
    LOGGER.info("snapshot {} was passed over and is deleted", sequence);
    writer.remove(sequence);
    useless.remove(sequence);
  }

  private void removeOlder() throws IOException {
    final long oldest = writer.keepNewest(kept, useless);
    if (oldest > 0 && !keepsJournal) {
      final int deleted = JournalRetention.deleteBelow(disk, directory, oldest);
      LOGGER.info("oldest snapshot kept is {}, {} files of the journal deleted", oldest, deleted);
    }
  }

  /** Sequence of the newest snapshot that is of use, 0 if there is none. */
  long newestSequence() throws IOException {
    return StoredSnapshot.list(directory).stream()
        .mapToLong(StoredSnapshot::sequenceOf)
        .filter(sequence -> !useless.contains(sequence))
        .findFirst()
        .orElse(0);
  }
}
