package dev.verdant.journal;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.recovery.LedgerRecovery;
import dev.verdant.journal.recovery.RecoveryReport;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.pipeline.Journal;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.CloseHelper;

/**
 * A ledger and its journal, as a server or a command line works on them: opened, the ledger is what
 * all commands in the directory make of it.
 *
 * <p>The ledger and the journal belong to the threads of the pipeline afterwards; {@link #close}
 * only when these have ended.
 */
public final class DataDirectory implements AutoCloseable {
  private final JournalDirectory directory;
  private final SnapshotKeeper snapshots;
  private final Ledger ledger;

  private DataDirectory(JournalDirectory directory, SnapshotKeeper snapshots, Ledger ledger) {
    this.directory = directory;
    this.snapshots = snapshots;
    this.ledger = ledger;
  }

  /**
   * Whether there is anything of a ledger in a directory, damaged or not. Where there is nothing,
   * {@link #open} would begin a fresh one.
   */
  public static boolean isThere(Path directory) {
    return Watermark.isThere(directory)
        || JournalFiles.isThere(directory)
        || StoredSnapshot.isThere(directory);
  }

  /**
   * Opens a data directory and rebuilds its ledger; a missing or empty directory is a fresh ledger.
   *
   * @param retention what stays once there is a newer snapshot.
   * @param durability what an acknowledgement will promise.
   * @throws DataDirectoryInUseException if another process, or this one, has it open.
   * @throws JournalDamagedException if going on would lose what was acknowledged; nothing is
   *     changed then.
   * @throws IOException if the directory cannot be read or written, or has no room.
   */
  public static DataDirectory open(
      Path directory, JournalOptions options, Retention retention, Durability durability)
      throws IOException {
    final LedgerRecovery ledger = new LedgerRecovery();
    JournalDirectory journal = null;
    try {
      journal = JournalDirectory.open(directory, options, durability, ledger);
      return new DataDirectory(
          journal,
          new SnapshotKeeper(
              journal.path(), options, retention, journal.recovery().snapshotFaults()),
          ledger.ledger());
    } catch (IOException | RuntimeException | Error e) {
      closeAfter(e, journal);
      closeAfter(e, ledger);
      throw e;
    }
  }

  /** The same, with {@link Retention#DEFAULT}. */
  public static DataDirectory open(Path directory, JournalOptions options, Durability durability)
      throws IOException {
    return open(directory, options, Retention.DEFAULT, durability);
  }

  private static void closeAfter(Throwable failure, AutoCloseable resource) {
    CloseHelper.close(failure::addSuppressed, resource);
  }

  /** The ledger as of the last command kept. */
  public Ledger ledger() {
    return ledger;
  }

  /** The journal, ready for the command after it. */
  public Journal journal() {
    return directory.journal();
  }

  /** Puts snapshots of the ledger into the directory, while the pipeline runs too. */
  public SnapshotKeeper snapshots() {
    return snapshots;
  }

  /**
   * Sequence of the newest snapshot on disk, 0 if there is none.
   *
   * @throws IOException if the directory cannot be read.
   */
  public long newestSnapshotSequence() throws IOException {
    return snapshots.newestSequence();
  }

  /**
   * Puts a snapshot as of the last command into the directory; only while no pipeline works on it.
   *
   * @return the snapshot; empty if there was nothing new.
   * @throws IOException if the disk did not take it.
   */
  public Optional<StoredSnapshot> takeSnapshot() throws IOException {
    directory.journal().force();
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      return snapshots.keep(snapshot);
    }
  }

  /** What was found when it was opened. */
  public RecoveryReport recovery() {
    return directory.recovery();
  }

  /** Closes journal and ledger, and leaves the directory to others. */
  @Override
  public void close() throws IOException {
    try {
      directory.close();
    } finally {
      ledger.close();
    }
  }
}
