package dev.verdant.journal.snapshot;

import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.view.DigestView;
import dev.verdant.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A finished snapshot on disk. Any thread; nothing of it is changed. */
public final class StoredSnapshot {
  private final Path path;
  private final SnapshotManifest manifest;
  private final Optional<LedgerId> ledger;

  private StoredSnapshot(Path path, SnapshotManifest manifest, Optional<LedgerId> ledger) {
    this.path = path;
    this.manifest = manifest;
    this.ledger = ledger;
  }

  /** Whether a data directory has a room for snapshots, whatever is in it. */
  public static boolean isThere(Path directory) {
    return !Files.notExists(SnapshotFiles.room(directory));
  }

  /**
   * The directories of all finished snapshots of a data directory, newest first.
   *
   * @throws IOException if it cannot be read.
   */
  public static List<Path> list(Path directory) throws IOException {
    return SnapshotFiles.finished(directory);
  }

  /** The sequence that the directory of a finished snapshot is named by. */
  public static long sequenceOf(Path snapshot) {
    return SnapshotFiles.sequence(snapshot);
  }

  /**
   * Opens a snapshot: reads its manifest and which ledger it is of, and nothing else.
   *
   * @param path its directory, as {@link #list} has it.
   * @throws SnapshotDamagedException if one of them is of no use.
   */
  public static StoredSnapshot open(Path path) {
    final long named = SnapshotFiles.sequence(path);
    final Path file = path.resolve(SnapshotFiles.MANIFEST);
    try {
      final SnapshotManifest manifest = SnapshotManifest.decode(Files.readAllBytes(file));
      if (manifest.sequence() != named) {
        throw damaged(named, file, SnapshotCheck.MANIFEST, "it is of " + manifest.sequence(), null);
      }
      return new StoredSnapshot(path, manifest, LedgerId.read(path));
    } catch (SnapshotManifest.Unreadable e) {
      throw damaged(named, file, e.check(), e.getMessage(), e);
    } catch (IOException e) {
      throw damaged(named, file, SnapshotCheck.READABLE, e.toString(), e);
    }
  }

  /**
   * Makes a ledger of it, every byte checked on the way.
   *
   * @return the ledger, for the caller to close.
   * @throws SnapshotDamagedException if it is of no use; no ledger is left then.
   */
  public Ledger load() {
    try (PartReader reader = new PartReader(path, manifest)) {
      final Ledger ledger = Ledger.read(Memory.DEFAULT_CUT_LIMIT_BYTES, reader);
      if (ledger.sequence() == manifest.sequence()
          && ledger.timeMillis() == manifest.timeMillis()) {
        return ledger;
      }
      final String found = "sequence " + ledger.sequence() + ", time " + ledger.timeMillis();
      ledger.close();
      throw damaged(manifest.sequence(), path, SnapshotCheck.STATE, found, null);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(manifest.sequence(), path, SnapshotCheck.STATE, e.toString(), e);
    } catch (IOException e) {
      throw damaged(manifest.sequence(), path, SnapshotCheck.READABLE, e.toString(), e);
    }
  }

  /**
   * Reads every byte and checks it.
   *
   * @throws SnapshotDamagedException naming the first bad chunk.
   */
  public void check() {
    try (PartReader reader = new PartReader(path, manifest)) {
      for (StatePart part : StatePart.values()) {
        reader.check(part);
      }
    } catch (IOException e) {
      throw damaged(manifest.sequence(), path, SnapshotCheck.READABLE, e.toString(), e);
    }
  }

  private static SnapshotDamagedException damaged(
      long sequence, Path file, SnapshotCheck check, String detail, Throwable cause) {
    return new SnapshotDamagedException(new SnapshotFault(sequence, file, 0, check, detail), cause);
  }

  /** Its directory. */
  public Path path() {
    return path;
  }

  /** The ledger that it is of; empty if a release wrote it that knew no such ids. */
  public Optional<LedgerId> ledger() {
    return ledger;
  }

  /** Sequence of the last command in it. */
  public long sequence() {
    return manifest.sequence();
  }

  /** Engine time in milliseconds since the epoch. */
  public long timeMillis() {
    return manifest.timeMillis();
  }

  /** When it was begun, by the clock of the machine, in milliseconds since the epoch. */
  public long createdMillis() {
    return manifest.createdMillis();
  }

  /** The last batch of the journal that ends at or before its last command. */
  public JournalPosition journal() {
    return manifest.journal();
  }

  /** Number of accounts. */
  public long accounts() {
    return manifest.accounts();
  }

  /** Digest of the state; empty if it was not computed, which large states are too slow for. */
  public Optional<DigestView> digest() {
    return manifest.digest();
  }

  /** The program in force, as JSON; empty if the snapshot is older than its place in manifests. */
  public Optional<String> program() {
    return manifest.program().isEmpty() ? Optional.empty() : Optional.of(manifest.program());
  }

  /**
   * SHA-256 of what its parts hold, in hex, from the checksums in the manifest: at every size.
   * Snapshots with the same have the same bytes. Ledgers with equal state may differ in it, since
   * it counts where in memory things lie; {@link #digest} does not.
   */
  public String content() {
    return manifest.content();
  }

  /** Bytes of all parts. */
  public long bytes() {
    return manifest.bytes();
  }
}
