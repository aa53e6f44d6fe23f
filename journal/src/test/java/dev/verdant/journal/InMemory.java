package dev.verdant.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Directories in memory, for tests that make and delete thousands of files and prove nothing about
 * the disk below; where the system has no room there, the usual ones.
 */
final class InMemory implements TempDirFactory {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final long ROOM_BYTES = 64L << 20;

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return hasRoom()
        ? Files.createTempDirectory(SHARED_MEMORY, "junit-")
        : Files.createTempDirectory("junit-");
  }

  private static boolean hasRoom() throws IOException {
    return Files.isWritable(SHARED_MEMORY)
        && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= ROOM_BYTES;
  }
}
