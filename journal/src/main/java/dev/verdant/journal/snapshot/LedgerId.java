package dev.verdant.journal.snapshot;

import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a ledger from all others: a random number that its data directory and each of its snapshots
 * hold in a file. A snapshot that is newer than the journal has no batch there that it could be
 * checked by, and would else take the place of whatever ledger it is copied to.
 *
 * <p>The file is one line of text, the id and the CRC32C of its characters. Directories and
 * snapshots of releases before it have none.
 *
 * @param uuid of version 4.
 */
public record LedgerId(UUID uuid) {
  private static final Logger LOGGER = LoggerFactory.getLogger(LedgerId.class);
  private static final String FILE_NAME = "ledger-id";
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f]{8})\n");

  /** Of a new ledger. */
  public static LedgerId random() {
    return new LedgerId(UUID.randomUUID());
  }

  /** The id that a data directory holds. A damaged file is as none: no start fails by it. */
  public static Optional<LedgerId> ofDirectory(Path directory) {
    try {
      return read(directory);
    } catch (IOException e) {
      LOGGER.warn("which ledger this is cannot be read: {}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * The id that a data directory or a snapshot holds.
   *
   * @return empty if there is no such file.
   * @throws IOException if it cannot be read, or is damaged.
   */
  static Optional<LedgerId> read(Path directory) throws IOException {
    final Path file = directory.resolve(FILE_NAME);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    final String line = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    final Matcher parts = LINE.matcher(line);
    if (!parts.matches() || !checksum(parts.group(1)).equals(parts.group(2))) {
      throw new IOException(file + " is damaged");
    }
    return Optional.of(new LedgerId(UUID.fromString(parts.group(1))));
  }

  /**
   * Puts the id into a data directory or a snapshot, in place of another: whole or not at all,
   * forced to disk.
   *
   * @throws IOException if the disk did not take it.
   */
  public void write(Disk disk, Path directory) throws IOException {
    final Path draft = directory.resolve(FILE_NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      final String line = this + " " + checksum(toString()) + "\n";
      final ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        disk.write(draft, channel, bytes, bytes.position());
      }
      disk.force(draft, channel);
    }
    disk.replace(draft, directory.resolve(FILE_NAME));
    disk.forceDirectory(directory);
  }

  private static String checksum(String id) {
    final CRC32C crc = new CRC32C();
    crc.update(id.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
