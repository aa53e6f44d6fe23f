package dev.verdant.journal;

import dev.verdant.ledger.Ledger;
import dev.verdant.pipeline.Journal;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A ledger and its journal, as a server or a command line works on them: opened, the ledger is what
 * all commands in the directory make of it.
 *
 * <p>The ledger and the journal belong to the threads of the pipeline afterwards; {@link #close}
 * only when these have ended.
 */
public final class DataDirectory implements AutoCloseable {
  private final JournalDirectory directory;
  private final Ledger ledger;

  private DataDirectory(JournalDirectory directory, Ledger ledger) {
    this.directory = directory;
    this.ledger = ledger;
  }

  /**
   * Opens a data directory and rebuilds its ledger; a missing or empty directory is a fresh ledger.
   *
   * @param durability what an acknowledgement will promise.
   * @throws DataDirectoryInUseException if another process, or this one, has it open.
   * @throws JournalDamagedException if going on would lose what was acknowledged; nothing is
   *     changed then.
   * @throws IOException if the directory cannot be read or written, or has no room.
   */
  public static DataDirectory open(Path directory, JournalOptions options, Durability durability)
      throws IOException {
    final Ledger ledger = new Ledger();
    final UnsafeBuffer reply = new UnsafeBuffer(new byte[Ledger.MAX_COMMAND_REPLY_LENGTH]);
    boolean opened = false;
    try {
      final JournalDirectory journal =
          JournalDirectory.open(
              directory,
              options,
              durability,
              (sequence, buffer, offset, length) ->
                  ledger.apply(sequence, buffer, offset, length, reply, 0));
      opened = true;
      return new DataDirectory(journal, ledger);
    } finally {
      if (!opened) {
        ledger.close();
      }
    }
  }

  /** The ledger as of the last command kept. */
  public Ledger ledger() {
    return ledger;
  }

  /** The journal, ready for the command after it. */
  public Journal journal() {
    return directory.journal();
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
