package dev.verdant.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Checks a journal without a server, and never repairs it. */
public final class JournalVerifier {
  /**
   * Reads every batch of a data directory and makes every check. Holds the directory's lock
   * meanwhile; writes nothing but that.
   *
   * @param consumer also gets every command that is right.
   * @throws DataDirectoryInUseException if a server works on it.
   * @throws IOException if the directory cannot be read.
   */
  public static VerificationReport verify(Path directory, CommandConsumer consumer)
      throws IOException {
    try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
      return VerificationReport.of(JournalScan.of(lock.directory(), consumer));
    }
  }

  private JournalVerifier() {}
}
