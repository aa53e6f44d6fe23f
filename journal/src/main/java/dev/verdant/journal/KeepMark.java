package dev.verdant.journal;

import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An empty file in the data directory that says that its journal is kept whole. What the option
 * keeps for years, one start without it must not delete.
 */
final class KeepMark {
  private static final String FILE_NAME = "keep-journal";

  private KeepMark() {}

  /**
   * Sets the mark if it is wanted; returns whether it is there, or may be: deleting is for good.
   */
  static boolean of(Disk disk, Path directory, boolean wanted) throws IOException {
    final Path mark = directory.resolve(FILE_NAME);
    if (wanted && Files.notExists(mark)) {
      Files.createFile(mark);
      disk.forceDirectory(directory);
    }
    return !Files.notExists(mark);
  }
}
