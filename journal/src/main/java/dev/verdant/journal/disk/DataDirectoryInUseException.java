package dev.verdant.journal.disk;

import java.nio.file.Path;

/** Another process, or another part of this one, works on the data directory. */
public final class DataDirectoryInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataDirectoryInUseException(Path directory, String owner) {
    super("data directory " + directory + " is in use by " + owner);
  }
}
