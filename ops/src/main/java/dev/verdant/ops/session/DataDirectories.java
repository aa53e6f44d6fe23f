package dev.verdant.ops.session;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.JournalDamagedException;
import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;

/** Opens data directories, with failures in the words of an operator. */
public final class DataDirectories {
  /**
   * Opens a data directory and recovers its ledger.
   *
   * @throws CommandFailure if it is in use or damaged.
   * @throws IOException if it cannot be read or written.
   */
  public static DataDirectory open(Path directory, Durability durability) throws IOException {
    return open(directory, new JournalOptions(), durability);
  }

  /**
   * Opens a data directory and recovers its ledger, with a journal that differs from the defaults.
   *
   * @throws CommandFailure if it is in use or damaged.
   * @throws IOException if it cannot be read or written.
   */
  public static DataDirectory open(Path directory, JournalOptions options, Durability durability)
      throws IOException {
    try {
      return DataDirectory.open(directory, options.conclude(), durability);
    } catch (DataDirectoryInUseException | JournalDamagedException e) {
      throw CommandFailure.failed(e.getMessage(), e);
    }
  }

  private DataDirectories() {}
}
