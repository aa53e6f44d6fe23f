package dev.verdant.ops.drill.ground;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A disk that a drill may fill: a small file system of its own, in memory and gone when closed.
 * Where this machine permits none, the disk under the given directory, filled below a reserve that
 * is set just below what is free.
 */
public final class FillableDisk implements AutoCloseable {
  private static final int MIB = 1 << 20;
  private static final int SMALL_MIB = 160;
  private static final int SMALL_RESERVE_MIB = 48;

  /** What others may write or free on a shared disk meanwhile. */
  private static final int SHARED_MARGIN_MIB = 512;

  private final Path path;
  private final boolean small;
  private final int reserveMib;
  private final Path filler;

  private FillableDisk(Path path, boolean small, int reserveMib) {
    this.path = path;
    this.small = small;
    this.reserveMib = reserveMib;
    this.filler = path.resolve("filler");
  }

  /**
   * Prepares one.
   *
   * @param path directory where it is to be; made here.
   * @throws IOException if that fails, or a shared disk is too full for it.
   */
  public static FillableDisk at(Path path, Platform platform) throws IOException {
    Files.createDirectories(path);
    if (!platform.mounts()) {
      long freeMib = free(path) / MIB;
      if (freeMib < 3 * SHARED_MARGIN_MIB) {
        throw new IOException("only " + freeMib + " MiB are free at " + path);
      }
      return new FillableDisk(path, false, (int) (freeMib - SHARED_MARGIN_MIB));
    }
    if (!Platform.mount(path, SMALL_MIB)) {
      throw new IOException("cannot mount a file system at " + path);
    }
    return new FillableDisk(path, true, SMALL_RESERVE_MIB);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Free MiB below which a server is to take no more. */
  public int reserveMib() {
    return reserveMib;
  }

  /** Whether it is so small that it can be filled to the last byte. */
  public boolean isSmall() {
    return small;
  }

  /** Fills it below the reserve. */
  public void fillBelowReserve() throws IOException {
    fillTo((small ? reserveMib / 2 : reserveMib - SHARED_MARGIN_MIB) * (long) MIB);
  }

  /** Fills it to the last byte. */
  public void fill() throws IOException {
    fillTo(0);
  }

  private void fillTo(long freeBytes) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(MIB);
    try (FileChannel channel =
        FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long excess = excess(freeBytes); excess > 0; excess = excess(freeBytes)) {
        block.clear().limit((int) Math.min(MIB, excess));
        channel.write(block, channel.size());
      }
    }
  }

  private long excess(long freeBytes) throws IOException {
    return free(path) - freeBytes;
  }

  private static long free(Path path) throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  /** Takes away what it was filled with. */
  public void free() throws IOException {
    Files.deleteIfExists(filler);
  }

  @Override
  public void close() throws IOException {
    free();
    if (small && !Platform.unmount(path)) {
      throw new IOException("cannot unmount " + path);
    }
  }
}
