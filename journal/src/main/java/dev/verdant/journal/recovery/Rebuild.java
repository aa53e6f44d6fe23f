package dev.verdant.journal.recovery;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.journal.disk.DirectoryLock;
import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.Watermark;
import dev.verdant.journal.scan.Fault;
import dev.verdant.journal.snapshot.JournalPosition;
import dev.verdant.journal.snapshot.SnapshotFault;
import dev.verdant.journal.snapshot.SnapshotWriter;
import dev.verdant.journal.snapshot.StoredSnapshot;
import dev.verdant.ledger.Ledger;
import dev.verdant.ledger.LedgerSnapshot;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Makes a new data directory of what is good in a damaged one: a snapshot as of the last good
 * command, or an earlier one, from which the next start goes on. The damaged directory is read and
 * never changed.
 *
 * @param sequence of the last command in the new directory.
 * @param fault the first bad record of the journal behind it, if there is one.
 * @param snapshotFaults why snapshots were passed over, newest first.
 */
public record Rebuild(long sequence, Optional<Fault> fault, List<SnapshotFault> snapshotFaults) {
  /** Up to the last good command. */
  public static final long LAST_GOOD = Long.MAX_VALUE;

  /** No batch of the new journal comes before the first. */
  private static final int NO_CHECKSUM = 0;

  /**
   * Rebuilds a ledger.
   *
   * @param from the damaged directory; no owner can take it meanwhile.
   * @param upTo sequence of the last command wanted, or {@link #LAST_GOOD}.
   * @param to the new directory, which must not be there or be empty.
   * @throws DataDirectoryInUseException if a server works on the damaged directory.
   * @throws FileAlreadyExistsException if the new directory holds something.
   * @throws IOException if a directory cannot be read or written, or what is good ends before the
   *     command wanted, or there is nothing good at all.
   */
  public static Rebuild run(Path from, long upTo, Path to, JournalOptions options)
      throws IOException {
    requireEmpty(to);
    try (DirectoryLock lock = DirectoryLock.acquireToRead(from);
        LedgerRecovery ledger = new LedgerRecovery()) {
      final Recovery recovery = Recovery.of(lock.directory(), upTo, new UpTo(ledger, upTo));
      final long sequence = ledger.ledger().sequence();
      if (sequence == 0 || (upTo != LAST_GOOD && sequence != upTo)) {
        throw new IOException(
            "what is good in "
                + from
                + " ends at sequence "
                + sequence
                + recovery
                    .scan()
                    .fault()
                    .map(fault -> ": " + fault)
                    .orElse(", with no bad record behind"));
      }
      Disk.createDirectories(options.disk(), to);
      try {
        write(ledger.ledger(), to, options);
      } catch (IOException | RuntimeException | Error e) {
        empty(to, options.disk(), e);
        throw e;
      }
      return new Rebuild(sequence, recovery.scan().fault(), List.copyOf(recovery.snapshotFaults()));
    }
  }

  private static void write(Ledger ledger, Path to, JournalOptions options) throws IOException {
    final long sequence = ledger.sequence();
    try (LedgerSnapshot snapshot = ledger.openSnapshot()) {
      new SnapshotWriter(options.disk(), to, options.reserveBytes())
          .write(
              snapshot,
              new JournalPosition(sequence, NO_CHECKSUM),
              SystemEpochClock.INSTANCE.time());
    }
    Watermark.create(options.disk(), to, sequence, NO_CHECKSUM).close();
  }

  /** It was empty: what is there now is of an attempt that failed, and would refuse the next. */
  private static void empty(Path to, Disk disk, Throwable failure) {
    try (Stream<Path> remains = Files.walk(to)) {
      for (Path path : remains.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(to)) {
          disk.delete(path);
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static void requireEmpty(Path to) throws IOException {
    if (Files.exists(to)) {
      try (var entries = Files.list(to)) {
        if (entries.findAny().isPresent()) {
          throw new FileAlreadyExistsException(to.toString());
        }
      }
    }
  }

  /** Takes no command behind the last one wanted. */
  private record UpTo(LedgerRecovery ledger, long last) implements RecoveryTarget {
    @Override
    public void restore(StoredSnapshot snapshot) {
      ledger.restore(snapshot);
    }

    @Override
    public void onCommand(long sequence, DirectBuffer buffer, int offset, int length) {
      if (sequence <= last) {
        ledger.onCommand(sequence, buffer, offset, length);
      }
    }

    @Override
    public void onAnnounced(DirectBuffer buffer, int offset) {
      ledger.onAnnounced(buffer, offset);
    }

    @Override
    public void onAllAnnounced() {
      ledger.onAllAnnounced();
    }
  }
}
