package dev.verdant.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;

/**
 * A directory of one run's own, deleted with all that is in it at the end, also where this process
 * is told to end before.
 */
public final class WorkDirectory implements AutoCloseable {
  private static final String PREFIX = "verdant-bench-";
  private static final int ATTEMPTS = 200;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path path;

  private WorkDirectory(Path path) {
    this.path = path;
  }

  /** Makes one among the system's temporary files. */
  public static WorkDirectory temporary() throws IOException {
    return new WorkDirectory(
        AtExit.begin(() -> Files.createTempDirectory(PREFIX), WorkDirectory::delete));
  }

  /** Makes one in a directory, which is made too where it is not there. */
  public static WorkDirectory in(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new WorkDirectory(
        AtExit.begin(() -> Files.createTempDirectory(parent, PREFIX), WorkDirectory::delete));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * At an end in the middle of the work other threads may still make files for a moment: so again
   * and again, until it is gone and stays so.
   */
  private static void delete(Path directory) {
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(directory); attempt++) {
      IoUtil.delete(directory.toFile(), true);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    delete(path);
    AtExit.forget(path);
  }
}
