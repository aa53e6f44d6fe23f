package dev.verdant.journal.append;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.disk.PlacedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file that Chronicle appends to, opened beside it to be forced: a force of the file covers
 * every dirty page and throws, Chronicle's own covers the mapped block only and logs errors.
 *
 * @param cycle by which Chronicle knows it.
 */
record SegmentFile(int cycle, PlacedFile place, FileChannel channel) implements AutoCloseable {
  static SegmentFile open(int cycle, Path path) throws IOException {
    final FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
    try {
      return new SegmentFile(cycle, PlacedFile.of(path), channel);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return place.path();
  }

  /** What goes to a file without a name is gone with this process. */
  void requireInPlace() throws IOException {
    if (!place.isInPlace()) {
      throw new IOException(
          path() + " was taken away or replaced: no start would find what was written");
    }
  }

  void force(Disk disk) throws IOException {
    disk.force(path(), channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
