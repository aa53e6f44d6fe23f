package dev.verdant.ops.drill.ground;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies files that are mostly holes without filling these. */
public final class SparseFiles {
  private static final int CHUNK_LENGTH = 1 << 16;
  private static final ByteBuffer ZEROS = ByteBuffer.allocate(CHUNK_LENGTH).asReadOnlyBuffer();

  /** Copies a file; what is zero in whole chunks becomes a hole. */
  public static void copy(Path from, Path to) throws IOException {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(
                to,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH);
      long length = in.size();
      for (long position = 0; position < length; position += CHUNK_LENGTH) {
        read(in, chunk.clear(), position);
        boolean last = position + CHUNK_LENGTH >= length;
        if (last || chunk.mismatch(ZEROS.duplicate().limit(chunk.remaining())) >= 0) {
          write(out, chunk, position);
        }
      }
    }
  }

  private static void read(FileChannel in, ByteBuffer chunk, long position) throws IOException {
    int read = 0;
    while (chunk.hasRemaining() && read >= 0) {
      read = in.read(chunk, position + chunk.position());
    }
    chunk.flip();
  }

  private static void write(FileChannel out, ByteBuffer chunk, long position) throws IOException {
    while (chunk.hasRemaining()) {
      out.write(chunk, position + chunk.position());
    }
  }

  private SparseFiles() {}
}
