package dev.verdant.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a file takes of the disk, whatever its length. */
public final class StoredBytes {
  private static final int BLOCK_BYTES = 512;

  private StoredBytes() {}

  /** Bytes of its blocks, by stat(1). */
  public static long of(Path file) throws IOException, InterruptedException {
    final Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    final String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (stat.waitFor() != 0) {
      throw new IOException("stat of " + file + " ended with " + stat.exitValue());
    }
    return BLOCK_BYTES * Long.parseLong(blocks.strip());
  }
}
