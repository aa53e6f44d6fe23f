package dev.verdant.journal.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import net.openhft.posix.PosixAPI;

/** The operating system's file operations. */
final class RealDisk implements Disk {
  /** Modes of fallocate(2). */
  private static final int KEEP_SIZE = 1;

  private static final int PUNCH_HOLE = 2;

  @Override
  public void force(Path path, FileChannel file) throws IOException {
    // Without times: length and blocks are forced with the data that needs them.
    file.force(false);
  }

  @Override
  public void requireWritten(Path path) throws IOException {
    final PageCache opened;
    try {
      opened = PageCache.of(path);
    } catch (IOException e) {
      // For want of a file descriptor, say: that is no error of the disk's.
      return;
    }
    try (PageCache cache = opened) {
      cache.requireWritten();
    } catch (LinkageError e) {
      // A system without the function: the next force tells.
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void setLength(Path path, RandomAccessFile file, long length) throws IOException {
    file.setLength(length);
  }

  @Override
  public int write(Path path, FileChannel file, ByteBuffer bytes, long position)
      throws IOException {
    return file.write(bytes, position);
  }

  @Override
  public int allocate(int descriptor, long position, long length) {
    return fallocate(descriptor, KEEP_SIZE, position, length);
  }

  @Override
  public int release(int descriptor, long position, long length) {
    return fallocate(descriptor, KEEP_SIZE | PUNCH_HOLE, position, length);
  }

  private static int fallocate(int descriptor, int mode, long position, long length) {
    final PosixAPI posix = PosixAPI.posix();
    return posix.fallocate(descriptor, mode, position, length) == 0 ? 0 : posix.lastError();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Permissions and mount options do not tell of a file system that has shut itself down, nor,
   * since Linux 6.15, of an ext4 that has become read-only by an error. So the directory gets the
   * time of now, as whoever may write to it may give it. What is full takes writes again.
   */
  @Override
  public boolean takesWrites(Path directory) {
    return Files.isWritable(directory) && !refusesTimes(directory);
  }

  private static boolean refusesTimes(Path directory) {
    // Loaded before: what that does would be the last error.
    final PosixAPI posix = PosixAPI.posix();
    if (CLibrary.get().utimes(directory.toString(), null) == 0) {
      return false;
    }
    final int error = posix.lastError();
    return error == Errno.EROFS || error == Errno.EIO;
  }

  @Override
  public FreeSpace freeSpace(Path directory) throws IOException {
    final FileStore store = Files.getFileStore(directory);
    return store::getUsableSpace;
  }
}
