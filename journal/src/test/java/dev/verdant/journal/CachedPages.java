package dev.verdant.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jnr.ffi.LibraryLoader;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** The pages of a file that the system has in memory, as mincore(2) tells. */
public final class CachedPages {
  /** The C library's function; public, since JNR implements it. */
  public interface CLibrary {
    int mincore(long address, long length, long pages);
  }

  private static final CLibrary C = LibraryLoader.create(CLibrary.class).load("c");
  private static final int PAGE_BYTES = 4096;

  private CachedPages() {}

  /** How many pages of a stretch of a file are in memory. */
  public static int count(Path file, long position, int length) throws IOException {
    final ByteBuffer pages = ByteBuffer.allocateDirect(length / PAGE_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      final ByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, position, length);
      if (C.mincore(BufferUtil.address(map), length, BufferUtil.address(pages)) != 0) {
        throw new IOException("mincore of " + file);
      }
    }
    int count = 0;
    while (pages.hasRemaining()) {
      count += pages.get() & 1;
    }
    return count;
  }

  /** A directory on the disk that the build is on: a memory file system keeps all its pages. */
  public static final class OnDisk implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      return Files.createTempDirectory(Path.of("target"), "pages");
    }
  }
}
