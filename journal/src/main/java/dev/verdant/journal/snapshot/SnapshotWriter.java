package dev.verdant.journal.snapshot;

import dev.verdant.journal.disk.Disk;
import dev.verdant.ledger.LedgerSnapshot;
import dev.verdant.ledger.view.DigestView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes snapshots into a data directory, one at a time, on the caller's thread. */
public final class SnapshotWriter {
  /** Snapshots that are kept: an older one must be there when the newest turns out damaged. */
  public static final int MIN_KEPT = 2;

  /** Up to this number of accounts the digest is a matter of a second or two. */
  private static final int DIGEST_MAX_ACCOUNTS = 200_000;

  private final Disk disk;
  private final Path directory;
  private final long reserveBytes;

  /**
   * A writer for the snapshots of one data directory, which is there and whose owner this process
   * is.
   *
   * @param reserveBytes of the disk that a snapshot leaves to the journal, 0 or more.
   */
  public SnapshotWriter(Disk disk, Path directory, long reserveBytes) {
    this.disk = disk;
    this.directory = directory;
    this.reserveBytes = reserveBytes;
  }

  /**
   * Writes a snapshot and forces it to disk. An interrupt ends it; whatever ends it before its time
   * leaves nothing that counts.
   *
   * @param snapshot of a ledger with at least one command; without forks it is given up page by
   *     page as it is written. The caller closes it.
   * @param journal the last batch that ends at or before its last command.
   * @param nowMillis time of this machine, milliseconds since the epoch.
   * @throws IOException if the disk did not take it.
   * @throws dev.verdant.memory.CutAbandonedException if the ledger has given up the snapshot.
   * @throws FileAlreadyExistsException if there is one of that sequence.
   */
  public StoredSnapshot write(LedgerSnapshot snapshot, JournalPosition journal, long nowMillis)
      throws IOException {
    final long sequence = snapshot.sequence();
    final Path finished = SnapshotFiles.finishedPath(directory, sequence);
    if (Files.exists(finished)) {
      throw new FileAlreadyExistsException(finished.toString());
    }
    removeUnfinished();
    final Path unfinished;
    try {
      unfinished = writeUnfinished(snapshot, journal, nowMillis);
    } catch (IOException | RuntimeException | Error e) {
      removeUnfinishedAfter(e);
      throw e;
    }
    return StoredSnapshot.open(SnapshotFiles.finish(disk, unfinished, finished));
  }

  /** What ended the writing is the news, not that its remains cannot be deleted either. */
  private void removeUnfinishedAfter(Throwable failure) {
    try {
      removeUnfinished();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private Path writeUnfinished(LedgerSnapshot snapshot, JournalPosition journal, long nowMillis)
      throws IOException {
    final Path unfinished = SnapshotFiles.createUnfinished(disk, directory, snapshot.sequence());
    final SnapshotManifest manifest =
        new SnapshotManifest(
            snapshot.sequence(),
            snapshot.timeMillis(),
            nowMillis,
            journal,
            snapshot.accountCount(),
            digest(snapshot),
            writeParts(snapshot, unfinished),
            snapshot.program());
    final Optional<LedgerId> ledger = LedgerId.ofDirectory(directory);
    if (ledger.isPresent()) {
      ledger.get().write(disk, unfinished);
    }
    writeManifest(unfinished.resolve(SnapshotFiles.MANIFEST), manifest);
    disk.forceDirectory(unfinished);
    return unfinished;
  }

  private void writeManifest(Path path, SnapshotManifest manifest) throws IOException {
    final ByteBuffer bytes = ByteBuffer.wrap(manifest.encode());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        disk.write(path, file, bytes, bytes.position());
      }
      disk.force(path, file);
    }
  }

  /** A walk over a large state would keep the ledger saving pages for longer than the writing. */
  private static Optional<DigestView> digest(LedgerSnapshot snapshot) {
    return snapshot.accountCount() <= DIGEST_MAX_ACCOUNTS
        ? Optional.of(snapshot.digest())
        : Optional.empty();
  }

  private List<PartChecksums> writeParts(LedgerSnapshot snapshot, Path unfinished)
      throws IOException {
    try (PartWriter writer = new PartWriter(disk, unfinished, reserveBytes)) {
      snapshot.writeTo(writer);
      return writer.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Deletes what attempts that did not end well have left. */
  public void removeUnfinished() throws IOException {
    for (Path left : SnapshotFiles.unfinished(directory)) {
      SnapshotFiles.delete(disk, left);
    }
  }

  /** Deletes one finished snapshot, if it is there. */
  public void remove(long sequence) throws IOException {
    final Path snapshot = SnapshotFiles.finishedPath(directory, sequence);
    if (Files.exists(snapshot)) {
      SnapshotFiles.delete(disk, snapshot);
    }
  }

  /**
   * Gives a finished snapshot another name, forced to disk, so that no start takes it any more,
   * whatever becomes of it.
   *
   * @return its new place.
   */
  public Path setAside(long sequence) throws IOException {
    return SnapshotFiles.setAside(disk, SnapshotFiles.finishedPath(directory, sequence));
  }

  /** Deletes what has been set aside, now or by starts before. */
  public void removeSetAside() throws IOException {
    for (Path aside : SnapshotFiles.setAside(directory)) {
      SnapshotFiles.delete(disk, aside);
    }
  }

  /**
   * Deletes all finished snapshots but the newest.
   *
   * @param kept how many are left, at least {@link #MIN_KEPT}.
   * @param useless sequences of those that count for nothing, and are let be.
   * @return the sequence of the oldest that is left, 0 if fewer are there than are to be kept.
   */
  public long keepNewest(int kept, Set<Long> useless) throws IOException {
    if (kept < MIN_KEPT) {
      throw new IllegalArgumentException("at least " + MIN_KEPT + " snapshots, not " + kept);
    }
    final List<Path> snapshots =
        SnapshotFiles.finished(directory).stream()
            .filter(snapshot -> !useless.contains(SnapshotFiles.sequence(snapshot)))
            .toList();
    if (snapshots.size() < kept) {
      return 0;
    }
    for (Path old : snapshots.subList(kept, snapshots.size())) {
      SnapshotFiles.delete(disk, old);
    }
    return SnapshotFiles.sequence(snapshots.get(kept - 1));
  }
}
