package dev.verdant.journal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file that has to stay where it is while it is open: removed or replaced, what is done with it
 * goes on with something that nobody else sees.
 *
 * @param key what the file system knows the file by; another file at the same path has another.
 */
public record PlacedFile(Path path, Object key) {
  /**
   * The file that is there now.
   *
   * @throws IOException if there is none, or it cannot be looked at.
   */
  public static PlacedFile of(Path path) throws IOException {
    return new PlacedFile(path, key(path));
  }

  /**
   * Whether it still is there. Any thread.
   *
   * @throws IOException if it cannot be looked at.
   */
  public boolean isInPlace() throws IOException {
    return Files.exists(path) && Objects.equals(key, key(path));
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
