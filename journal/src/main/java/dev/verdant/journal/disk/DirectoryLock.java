package dev.verdant.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second owner out of a data directory. The operating system holds the lock and takes it
 * back when the owner dies, however it dies; nothing stale can be left behind. The file stays, and
 * is not to be removed: an owner that finds it gone stops before another can write beside it.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "lock";
  private static final int MAX_PID_DIGITS = 20;

  /**
   * Directories locked by this process. POSIX drops all locks of a process on a file when it closes
   * any descriptor of it, so a second attempt in the same process must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;

  /** Null where nobody can own the directory, as is the file. */
  private final FileChannel channel;

  private final PlacedFile file;

  private DirectoryLock(Path directory, FileChannel channel, PlacedFile file) {
    this.directory = directory;
    this.channel = channel;
    this.file = file;
  }

  /**
   * Takes the lock of an existing directory.
   *
   * @throws DataDirectoryInUseException if it has an owner.
   * @throws IOException if the lock file cannot be opened or written.
   */
  public static DirectoryLock acquire(Path directory) throws IOException {
    return acquire(
        directory.toRealPath(),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /**
   * Keeps owners out while a directory is read, and changes nothing: it may be on a disk that takes
   * no writes. Others may read meanwhile.
   *
   * @throws DataDirectoryInUseException if it has an owner.
   * @throws IOException if the lock file cannot be opened.
   */
  public static DirectoryLock acquireToRead(Path directory) throws IOException {
    final Path real = directory.toRealPath();
    // One that cannot be looked into may have a file, and an owner.
    return Files.notExists(real.resolve(FILE_NAME))
        ? new DirectoryLock(real, null, null)
        : acquire(real, StandardOpenOption.READ);
  }

  private static DirectoryLock acquire(Path real, StandardOpenOption... options)
      throws IOException {
    final boolean reads = options.length == 1;
    if (!HELD.add(real)) {
      throw new DataDirectoryInUseException(real, "this process (pid " + pid() + ")");
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(real.resolve(FILE_NAME), options);
      final FileLock lock = channel.tryLock(0, Long.MAX_VALUE, reads);
      if (lock == null) {
        throw new DataDirectoryInUseException(real, holder(channel, reads));
      }
      if (!reads) {
        // Never emptied: a file system may force one to disk that is emptied and written again.
        channel.write(ByteBuffer.wrap(Long.toString(pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        channel.truncate(Long.toString(pid()).length());
      }
      // May fail, too: somebody may have taken the file away just now.
      final PlacedFile file = PlacedFile.of(real.resolve(FILE_NAME));
      locked = true;
      return new DirectoryLock(real, channel, file);
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(real);
      }
    }
  }

  /**
   * Who keeps this process out. An owner has written its pid into the file; where only readers keep
   * an owner out, that is the pid of an owner before. They let another reader in, which tells.
   */
  private static String holder(FileChannel channel, boolean reads) throws IOException {
    if (!reads) {
      try (FileLock beside = channel.tryLock(0, Long.MAX_VALUE, true)) {
        if (beside != null) {
          return "another process, which reads it";
        }
      }
    }
    return "another process (pid " + read(channel) + ")";
  }

  /**
   * Makes sure that nobody has taken the lock's file away: another process could then take the
   * directory for its own. For owners.
   *
   * @throws IOException if it is not there any more, or another one.
   */
  public void requireInPlace() throws IOException {
    if (!file.isInPlace()) {
      throw new IOException(
          "the lock file of " + directory + " was taken away: another process may write there");
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static String read(FileChannel channel) throws IOException {
    final ByteBuffer text = ByteBuffer.allocate(MAX_PID_DIGITS);
    channel.read(text, 0);
    final String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    return pid.isEmpty() ? "unknown" : pid;
  }

  /** The directory that is held, with links resolved. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    if (channel != null && channel.isOpen()) {
      channel.close();
      HELD.remove(directory);
    }
  }
}
