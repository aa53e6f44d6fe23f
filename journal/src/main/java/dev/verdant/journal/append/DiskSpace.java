package dev.verdant.journal.append;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.disk.Errno;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.BitUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the journal's mapped files from running out of disk: claims blocks ahead of the appender,
 * since a store to a mapped page that gets no block is not an error but a fault of the process, and
 * tells when the free space falls below the reserve, or the disk takes no writes any more.
 */
public final class DiskSpace implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(DiskSpace.class);
  private static final long CHECK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int NO_FILE = -1;

  /** A multiple of every file system's blocks that a page is; what is not whole stays. */
  private static final int PAGE_BYTES = 4096;

  private final Disk disk;
  private final Disk.FreeSpace freeSpace;
  private final Path directory;
  private final long reserveBytes;
  private final long allocationBytes;
  private volatile boolean aboveReserve = true;
  private volatile boolean takesWrites = true;
  private volatile long checkedNanos;
  private boolean supported = true;
  private int file = NO_FILE;
  private long allocatedTo;

  private DiskSpace(Path directory, JournalOptions options) throws IOException {
    this.disk = options.disk();
    this.freeSpace = disk.freeSpace(directory);
    this.directory = directory;
    this.reserveBytes = options.reserveBytes();
    this.allocationBytes = options.allocationBytes();
  }

  /**
   * Looks at the space of a directory's disk, and writes nothing.
   *
   * @throws IOException if the disk does not say.
   */
  public static DiskSpace of(Path directory, JournalOptions options) throws IOException {
    final DiskSpace space = new DiskSpace(directory, options);
    // Not yet whether it takes writes: that sets the time of a directory which may yet be refused.
    space.look(System.nanoTime(), space.reserveBytes);
    return space;
  }

  /** Whether the free space is above the reserve, not older than 100 ms. Any thread. */
  boolean isAboveReserve() {
    final long nowNanos = System.nanoTime();
    if (nowNanos - checkedNanos > CHECK_INTERVAL_NANOS) {
      check(nowNanos, reserveBytes);
    }
    return aboveReserve;
  }

  /**
   * Whether it is above the reserve at this moment, and there is room to begin a file, however
   * small the reserve. Any thread.
   */
  boolean hasRoomForFileNow() {
    check(System.nanoTime(), Math.max(reserveBytes, roomForFile()));
    return aboveReserve;
  }

  /** A file's first pages are written without a claim, and then the first claim is made. */
  private long roomForFile() {
    return 2 * allocationBytes;
  }

  private synchronized void check(long nowNanos, long neededBytes) {
    // For good: what was written before and had not reached the disk is lost.
    takesWrites &= disk.takesWrites(directory);
    look(nowNanos, neededBytes);
  }

  private synchronized void look(long nowNanos, long neededBytes) {
    checkedNanos = nowNanos;
    try {
      tell(freeSpace.usableBytes(), neededBytes);
    } catch (IOException e) {
      if (aboveReserve) {
        LOGGER.error(
            "taking no commands: cannot tell the free space of {}: {}", directory, e.toString());
      }
      aboveReserve = false;
    }
  }

  /** One line for each change: how many commands are turned away is for the metrics. */
  private void tell(long usableBytes, long neededBytes) {
    final boolean above = usableBytes >= neededBytes;
    if (aboveReserve && !above) {
      LOGGER.error(
          "taking no commands: {} bytes are free in {}, {}",
          usableBytes,
          directory,
          neededBytes > reserveBytes
              ? "a new file of the journal needs " + neededBytes
              : "the reserve is " + reserveBytes);
    } else if (above && !aboveReserve) {
      LOGGER.info("taking commands again: {} bytes are free in {}", usableBytes, directory);
    }
    aboveReserve = above;
  }

  /**
   * Makes sure that there is room to begin a file.
   *
   * @throws IOException naming the directory and the bytes if there is not.
   */
  public void requireRoomToStart() throws IOException {
    final long usable = freeSpace.usableBytes();
    if (usable < roomForFile()) {
      throw new IOException(
          "no space left for the journal in "
              + directory
              + ": "
              + usable
              + " bytes are free, "
              + roomForFile()
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
      if (!supported) {
        LOGGER.warn("{} cannot be opened to claim disk blocks ahead", segment);
      }
    }
  }

  /**
   * Makes sure that the disk takes writes.
   *
   * @throws IOException if it does not any more.
   */
  void requireWritable() throws IOException {
    if (!takesWrites) {
      throw new IOException(directory + " takes no writes any more: read-only, or no permission");
    }
  }

  /**
   * Claims blocks up to this position of the file at least.
   *
   * @throws IOException if the disk, or what its quota leaves, has none left, or the disk fails, or
   *     takes no writes any more.
   */
  void claim(long position) throws IOException {
    requireWritable();
    if (position <= allocatedTo || file == NO_FILE) {
      return;
    }
    final long target = position + allocationBytes;
    final int error = allocate(target);
    switch (error) {
      case 0 -> allocatedTo = target;
      case Errno.ENOSYS, Errno.EOPNOTSUPP -> {
        LOGGER.warn(
            "{} cannot claim disk blocks ahead: its file system has no such thing", directory);
        supported = false;
        close();
      }
      case Errno.ENOSPC ->
          throw new IOException("no space left in " + directory + " for bytes up to " + target);
      case Errno.EDQUOT ->
          throw new IOException("no quota left in " + directory + " for bytes up to " + target);
      default ->
          throw new IOException(
              "cannot claim disk blocks in " + directory + " up to " + target + ": error " + error);
    }
  }

  /**
   * Gives back what has been claimed of this file and not been used. A file system that cannot do
   * so keeps it, which costs room and nothing else.
   *
   * @param end of what is in the file.
   */
  void releaseBehind(long end) {
    final long from = BitUtil.align(end, PAGE_BYTES);
    if (file != NO_FILE && from < allocatedTo) {
      disk.release(file, from, allocatedTo - from);
    }
  }

  private int allocate(long target) {
    int error;
    do {
      error = disk.allocate(file, allocatedTo, target - allocatedTo);
    } while (error == Errno.EINTR);
    return error;
  }

  @Override
  public void close() {
    if (file != NO_FILE) {
      PosixAPI.posix().close(file);
      file = NO_FILE;
    }
  }
}
