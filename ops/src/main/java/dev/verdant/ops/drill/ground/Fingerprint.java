package dev.verdant.ops.drill.ground;

import dev.verdant.ops.drill.traffic.LieException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files of a directory: their names, lengths, times of change, and the first {@value #MAX_READ}
 * bytes of their content. The lock, which names its owner, is left out.
 */
public final class Fingerprint {
  private static final long MAX_READ = 1 << 20;
  private static final String LOCK = "lock";

  private final Path directory;
  private final Map<Path, String> files;

  private Fingerprint(Path directory, Map<Path, String> files) {
    this.directory = directory;
    this.files = files;
  }

  /** Looks at a directory. */
  public static Fingerprint of(Path directory) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.filter(path -> !path.endsWith(LOCK)).toList();
    }
    for (Path path : paths) {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      String text =
          attributes.isDirectory()
              ? "directory"
              : attributes.size()
                  + " bytes, changed "
                  + attributes.lastModifiedTime()
                  + ", content "
                  + Long.toHexString(checksum(path));
      files.put(path, text);
    }
    return new Fingerprint(directory, files);
  }

  private static long checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MAX_READ, channel.size()));
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes);
      }
      crc.update(bytes.flip());
    }
    return crc.getValue();
  }

  /** Holds the directory as it is now against this. */
  public void requireUnchanged() throws IOException {
    Map<Path, String> now = of(directory).files;
    for (Map.Entry<Path, String> file : files.entrySet()) {
      String found = now.remove(file.getKey());
      if (!file.getValue().equals(found)) {
        throw new LieException(
            "a refused start has changed "
                + file.getKey()
                + " from "
                + file.getValue()
                + " to "
                + found);
      }
    }
    if (!now.isEmpty()) {
      throw new LieException("a refused start has made " + now.keySet());
    }
  }
}
