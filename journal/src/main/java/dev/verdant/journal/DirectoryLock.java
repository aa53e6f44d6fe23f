package dev.verdant.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second owner out of a data directory. The operating system holds the lock and takes it
 * back when the owner dies, however it dies; nothing stale can be left behind.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "lock";
  private static final int MAX_PID_DIGITS = 20;

  /**
   * Directories locked by this process. POSIX drops all locks of a process on a file when it closes
   * any descriptor of it, so a second attempt in the same process must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock of an existing directory.
   *
   * @throws DataDirectoryInUseException if it has an owner.
   * @throws IOException if the lock file cannot be opened or written.
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    final Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new DataDirectoryInUseException(real, "this process (pid " + pid() + ")");
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel =
          FileChannel.open(
              real.resolve(FILE_NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      final FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new DataDirectoryInUseException(real, "another process (pid " + read(channel) + ")");
      }
      // Never emptied: a file system may force one to disk that is emptied and written again.
      channel.write(ByteBuffer.wrap(Long.toString(pid()).getBytes(StandardCharsets.US_ASCII)), 0);
      channel.truncate(Long.toString(pid()).length());
      locked = true;
      return new DirectoryLock(real, channel);
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(real);
      }
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
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(directory);
    }
  }
}
