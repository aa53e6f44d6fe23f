package dev.verdant.ops.session;

import dev.verdant.journal.DataDirectory;
import dev.verdant.journal.JournalDamagedException;
import dev.verdant.journal.Retention;
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
    return open(directory, new JournalOptions(), Retention.DEFAULT, durability);
  }

  /**
   * Opens a data directory and recovers its ledger, with options that differ from the defaults.
   *
   * @throws CommandFailure if it is in use or damaged.
   * @throws IOException if it cannot be read or written.
   */
  public static DataDirectory open(
      Path directory, JournalOptions options, Retention retention, Durability durability)
      throws IOException {
    try {
      return DataDirectory.open(directory, options.conclude(), retention, durability);
    } catch (DataDirectoryInUseException | JournalDamagedException e) {
      throw CommandFailure.failed(e.getMessage(), e);
    }
  }

  private DataDirectories() {}
}
