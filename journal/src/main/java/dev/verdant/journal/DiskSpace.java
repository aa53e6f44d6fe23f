package dev.verdant.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal's mapped files from running out of disk: claims blocks ahead of the appender,
 * since a store to a mapped page that gets no block is not an error but a fault of the process, and
 * tells when the free space falls below the reserve.
 */
final class DiskSpace implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DiskSpace.class);
  private static final long CHECK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int KEEP_SIZE = 1;
  private static final int ENOSPC = 28;
  private static final int NO_FILE = -1;

  private final FileStore store;
  private final Path directory;
  private final long reserveBytes;
  private final long allocationBytes;
  private volatile boolean aboveReserve;
  private volatile long checkedNanos;
  private boolean supported = true;
  private int file = NO_FILE;
  private long allocatedTo;

  private DiskSpace(FileStore store, Path directory, JournalOptions options) {
    this.store = store;
    this.directory = directory;
    this.reserveBytes = options.reserveBytes();
    this.allocationBytes = options.allocationBytes();
  }

  static DiskSpace of(Path directory, JournalOptions options) throws IOException {
    final DiskSpace space = new DiskSpace(Files.getFileStore(directory), directory, options);
    space.check(System.nanoTime());
    return space;
  }

  /** Whether the free space is above the reserve, not older than 100 ms. Any thread. */
  boolean isAboveReserve() {
    final long nowNanos = System.nanoTime();
    if (nowNanos - checkedNanos > CHECK_INTERVAL_NANOS) {
      check(nowNanos);
    }
    return aboveReserve;
  }

  private void check(long nowNanos) {
    checkedNanos = nowNanos;
    boolean above = false;
    try {
      above = store.getUsableSpace() >= reserveBytes;
    } catch (IOException e) {
      LOGGER.warn("cannot tell the free space of {}", directory, e);
    }
    aboveReserve = above;
  }

  /**
   * Makes sure that there is room to begin a file.
   *
   * @throws IOException naming the directory and the bytes if there is not.
   */
  void requireRoomToStart() throws IOException {
    final long usable = store.getUsableSpace();
    if (usable < 2 * allocationBytes) {
      throw new IOException(
          "no space left for the journal in "
              + directory
              + ": "
              + usable
              + " bytes are free, "
              + 2 * allocationBytes
              + " are needed");
    }
  }

  /** Claims for this file from now on. */
  void use(Path segment) {
    close();
    allocatedTo = 0;
    if (supported) {
      file = PosixAPI.posix().open(segment.toString(), OpenFlag.O_RDWR, 0);
      supported = file != NO_FILE;
    }
  }

  /**
   * Claims blocks up to this position of the file at least.
   *
   * @throws IOException if the disk has none left.
   */
  void claim(long position) throws IOException {
    if (position <= allocatedTo || file == NO_FILE) {
      return;
    }
    final long target = position + allocationBytes;
    final PosixAPI posix = PosixAPI.posix();
    if (posix.fallocate(file, KEEP_SIZE, allocatedTo, target - allocatedTo) == 0) {
      allocatedTo = target;
    } else if (posix.lastError() == ENOSPC) {
      throw new IOException("no space left in " + directory + " for bytes up to " + target);
    } else {
      LOGGER.warn("{} cannot claim disk blocks ahead: {}", directory, posix.lastErrorStr());
      supported = false;
      close();
    }
  }

  @Override
  public void close() {
    if (file != NO_FILE) {
      PosixAPI.posix().close(file);
      file = NO_FILE;
    }
  }
}
