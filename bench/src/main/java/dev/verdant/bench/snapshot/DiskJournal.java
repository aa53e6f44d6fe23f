package dev.verdant.bench.snapshot;

import dev.verdant.journal.JournalDirectory;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

/**
 * Keeps batches in a journal of their own, which is deleted afterwards. Its sequence counts from
 * the run's first order: for what writing costs it makes no difference.
 */
final class DiskJournal implements BatchKeeper {
  private final Path path;
  private final JournalDirectory directory;
  private long sequence;

  private DiskJournal(Path path, JournalDirectory directory) {
    this.path = path;
    this.directory = directory;
  }

  /** Begins a journal in a directory that is not there yet. */
  static DiskJournal create(Path path) throws IOException {
    return new DiskJournal(
        path,
        JournalDirectory.open(
            path,
            new JournalOptions(),
            Durability.WRITTEN,
            (sequence, buffer, offset, length) -> {
              throw new IllegalStateException("a new journal has a command " + sequence);
            }));
  }

  @Override
  public void keep(int count, DirectBuffer commands, int length) {
    directory.journal().append(sequence + 1, count, commands, 0, length);
    sequence += count;
  }

  @Override
  public void close() throws IOException {
    directory.close();
    IoUtil.delete(path.toFile(), false);
  }
}
