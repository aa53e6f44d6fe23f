package dev.verdant.journal.disk;

import java.io.IOException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/**
 * Functions of the system that no library here has; public, since JNR implements it. Each throws a
 * {@link LinkageError} where the system lacks it.
 */
@SuppressWarnings("MemberName") // the system's
public interface CLibrary {
  /** See posix_fadvise(2): 0 or an error number. */
  int posix_fadvise(int descriptor, long position, long length, int advice);

  /** See sync_file_range(2), which Linux alone has: 0, or -1 for an error. */
  int sync_file_range(int descriptor, long position, long length, int flags);

  /** See utimes(2), the current time for null: 0, or -1 for an error. */
  int utimes(String path, Pointer times);

  /** The one of this process, loaded when it is first asked for. */
  static CLibrary get() {
    return Loaded.C;
  }

  /**
   * Loads it, for those who must not find out later that it cannot be.
   *
   * @throws IOException if the system does not let it be loaded, with what to do.
   */
  static void require() throws IOException {
    try {
      get();
    } catch (LinkageError e) {
      throw new IOException(
          "cannot call the system's C library: the native part of jffi cannot be loaded. Where it"
              + " does not lie ready it is unpacked into java.io.tmpdir ("
              + System.getProperty("java.io.tmpdir")
              + "), which must then be writable and not be mounted noexec",
          e);
    }
  }

  /** Until then nothing is loaded. */
  final class Loaded {
    private static final CLibrary C =
        LibraryLoader.create(CLibrary.class).failImmediately().load("c");

    private Loaded() {}
  }
}
