package dev.verdant.journal.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

/**
 * What the system keeps of one file in memory. All that is said to it here is a hint, and what is
 * asked an early look: no content, length or promise of the file depends on it.
 *
 * <p>A system that lacks a function throws a {@link LinkageError}. For one thread at a time.
 */
public final class PageCache implements AutoCloseable {
  private static final int POSIX_FADV_DONTNEED = 4;
  private static final int SYNC_FILE_RANGE_WAIT_BEFORE = 1;
  private static final int SYNC_FILE_RANGE_WRITE = 2;
  private static final long TO_THE_END = 0;

  /** Errors of sync_file_range(2) that say nothing of the disk. */
  private static final Set<Integer> NOT_SUPPORTED =
      Set.of(Errno.EINVAL, Errno.ESPIPE, Errno.ENOSYS);

  private final Path path;
  private final int descriptor;

  private PageCache(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * The pages of a file, by whatever way they are written.
   *
   * @throws IOException if it cannot be opened.
   */
  public static PageCache of(Path path) throws IOException {
    final PosixAPI posix = PosixAPI.posix();
    final int descriptor = posix.open(path.toString(), OpenFlag.O_RDONLY, 0);
    if (descriptor < 0) {
      throw new IOException("cannot open " + path + ": error " + posix.lastError());
    }
    return new PageCache(path, descriptor);
  }

  /**
   * Has the system begin to write a stretch of the file to disk, as it would by itself later. May
   * wait for a disk that is busy, not for the end of the writing; promises nothing.
   *
   * @throws IOException if the system refuses.
   */
  public void beginToWrite(long position, long length) throws IOException {
    if (CLibrary.get().sync_file_range(descriptor, position, length, SYNC_FILE_RANGE_WRITE) != 0) {
      final int error = PosixAPI.posix().lastError();
      throw new IOException("the system does not begin to write " + path + ": error " + error);
    }
  }

  /**
   * Waits for the writing of the file that is under way, whoever began it. Tells of an error once:
   * not if another descriptor's force has met it.
   *
   * @throws IOException if some of it has failed since the file was opened first.
   */
  public void requireWritten() throws IOException {
    if (CLibrary.get().sync_file_range(descriptor, 0, TO_THE_END, SYNC_FILE_RANGE_WAIT_BEFORE)
        != 0) {
      final int error = PosixAPI.posix().lastError();
      if (!NOT_SUPPORTED.contains(error)) {
        throw new IOException("the system could not write " + path + ": error " + error);
      }
    }
  }

  /**
   * Has the system let go of the pages of a stretch that will not be needed soon: of those that are
   * on disk and not mapped.
   *
   * @throws IOException if the system refuses.
   */
  public void letGo(long position, long length) throws IOException {
    final int error =
        CLibrary.get().posix_fadvise(descriptor, position, length, POSIX_FADV_DONTNEED);
    if (error != 0) {
      throw new IOException("the system does not let go of pages of " + path + ": error " + error);
    }
  }

  @Override
  public void close() {
    PosixAPI.posix().close(descriptor);
  }
}
