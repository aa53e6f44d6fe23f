package dev.verdant.journal.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file operations on which the promises of journal and snapshots rest, in one place: what must
 * survive loss of power goes through here and nowhere else, so that a test can stand in for the
 * disk. What Chronicle writes goes through its memory map; of that, only the forces are here.
 * Reading needs no place of its own: what a start reads is what these operations have left.
 *
 * <p>Safe from any thread, as far as each works on files of its own.
 */
public interface Disk {
  /** The disk under the file system. */
  Disk REAL = new RealDisk();

  /** The free space of a file system, asked again and again. */
  @FunctionalInterface
  interface FreeSpace {
    /** Bytes that this user may still write. */
    long usableBytes() throws IOException;
  }

  /**
   * Makes everything written to a file so far survive loss of power, through this channel, others
   * or a map. After an error nothing is known of what was not forced before; a second call that
   * succeeds proves nothing.
   *
   * @param path by which the file is known.
   */
  void force(Path path, FileChannel file) throws IOException;

  /**
   * Waits for the writing of a file that is under way, begins none, and tells whether any has
   * failed: otherwise only the next force meets an error of writing that nobody waited for. Where
   * it cannot look, it tells nothing.
   *
   * @throws IOException if some of the file could not be written.
   */
  void requireWritten(Path path) throws IOException;

  /** Makes new, renamed and deleted entries of a directory survive loss of power. */
  void forceDirectory(Path directory) throws IOException;

  /** Makes a directory in an existing one. */
  void createDirectory(Path directory) throws IOException;

  /**
   * Gives a file another name in its directory, in place of the file that had it; or a directory
   * one that nothing has.
   */
  void replace(Path from, Path to) throws IOException;

  /** Deletes a file or an empty directory. */
  void delete(Path path) throws IOException;

  /** Cuts a file, or extends it by zeros. */
  void setLength(Path path, RandomAccessFile file, long length) throws IOException;

  /** Writes to a place of a file; returns the bytes written, which may be fewer than given. */
  int write(Path path, FileChannel file, ByteBuffer bytes, long position) throws IOException;

  /**
   * Claims blocks for a stretch of a file and leaves its length as it is.
   *
   * @param descriptor of the open file.
   * @return 0, or the error number.
   */
  int allocate(int descriptor, long position, long length);

  /**
   * Gives back the blocks of a stretch of a file, whole pages, which reads as zeros from then on,
   * and leaves the file's length as it is. What has been claimed behind that length may stay.
   *
   * @param descriptor of the open file.
   * @return 0, or the error number.
   */
  int release(int descriptor, long position, long length);

  /**
   * Whether the file system that holds a directory takes writes: one that meets an error may become
   * read-only by itself, and stores to a mapped page go on without one.
   */
  boolean takesWrites(Path directory);

  /** The free space of the file system that holds a directory. */
  FreeSpace freeSpace(Path directory) throws IOException;

  /** Makes a directory, and those above it that are missing, each forced to disk. */
  static void createDirectories(Disk disk, Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    final Path parent = directory.toAbsolutePath().getParent();
    createDirectories(disk, parent);
    disk.createDirectory(directory);
    disk.forceDirectory(parent);
  }
}
