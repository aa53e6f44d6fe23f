package dev.verdant.journal.log;

import dev.verdant.journal.codec.AcknowledgedDecoder;
import dev.verdant.journal.codec.AcknowledgedEncoder;
import dev.verdant.journal.codec.MessageHeaderDecoder;
import dev.verdant.journal.codec.MessageHeaderEncoder;
import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Remembers how far acknowledgements went, in a small mapped file: two slots, written in turn, so
 * that a kill in the middle of one leaves the other. The newer valid slot counts. It tells a torn
 * tail that nobody was promised from the loss of something that was.
 *
 * <p>Not thread-safe.
 */
public final class Watermark implements AutoCloseable {
  private static final String FILE_NAME = "acknowledged";
  private static final int FILE_LENGTH = 4096;
  private static final int SLOT_COUNT = 2;
  private static final int SLOT_LENGTH = 2 * BitUtil.CACHE_LINE_LENGTH;

  /** Whole words, of which no bit is outside the message. */
  private static final int RECORD_LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + AcknowledgedEncoder.BLOCK_LENGTH;

  private static final int CHECKSUM_OFFSET =
      MessageHeaderEncoder.ENCODED_LENGTH + AcknowledgedDecoder.checksumEncodingOffset();

  private final Disk disk;
  private final Path file;
  private final FileChannel channel;
  private final MappedByteBuffer mapped;
  private final UnsafeBuffer buffer;

  /** A slot is put together here: the checksum of a page that is gone would end the process. */
  private final ByteBuffer draftBytes = ByteBuffer.allocateDirect(SLOT_LENGTH);

  private final UnsafeBuffer draft = new UnsafeBuffer(draftBytes);
  private final CRC32C crc = new CRC32C();
  private final AcknowledgedEncoder encoder = new AcknowledgedEncoder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private int slot;

  private Watermark(Disk disk, Path file, FileChannel channel, MappedByteBuffer mapped) {
    this.disk = disk;
    this.file = file;
    this.channel = channel;
    this.mapped = mapped;
    this.buffer = new UnsafeBuffer(mapped);
  }

  /** Whether there is such a file, good or not. */
  public static boolean isThere(Path directory) {
    return !Files.notExists(directory.resolve(FILE_NAME));
  }

  /**
   * What the file says, read without changing it.
   *
   * @throws IOException if it is there, or may be, and cannot be read.
   */
  public static Acknowledged read(Path directory) throws IOException {
    final Path file = directory.resolve(FILE_NAME);
    if (Files.notExists(file)) {
      return Acknowledged.ABSENT;
    }
    final ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (FileSystemException e) {
      // It names the file, and its type says what is wrong with it.
      throw e;
    } catch (IOException e) {
      // Not as if it were damaged: it may be read tomorrow, and tell of what is missing.
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
    Acknowledged newest = Acknowledged.UNREADABLE;
    if (bytes.capacity() != FILE_LENGTH) {
      return newest;
    }
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    final CRC32C crc = new CRC32C();
    final AcknowledgedDecoder decoder = new AcknowledgedDecoder();
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    for (int i = 0; i < SLOT_COUNT; i++) {
      final int offset = i * SLOT_LENGTH;
      if (buffer.getInt(offset + CHECKSUM_OFFSET, ByteOrder.LITTLE_ENDIAN)
              == checksum(crc, bytes, offset)
          && header.wrap(buffer, offset).schemaId() == AcknowledgedDecoder.SCHEMA_ID
          && header.templateId() == AcknowledgedDecoder.TEMPLATE_ID) {
        decoder.wrapAndApplyHeader(buffer, offset, header);
        if (!newest.known() || decoder.sequence() > newest.sequence()) {
          newest = Acknowledged.at(decoder.sequence(), (int) decoder.batchChecksum());
        }
      }
    }
    return newest;
  }

  /** Replaces the file by one that says this, whole or not at all, forced to disk. */
  public static Watermark create(Disk disk, Path directory, long sequence, int batchChecksum)
      throws IOException {
    final Path file = directory.resolve(FILE_NAME);
    final Path draft = directory.resolve(FILE_NAME + ".new");
    final FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    Watermark watermark = null;
    boolean created = false;
    try {
      // Written, not only extended: a mapped page without a disk block could fail on a full disk.
      final ByteBuffer zeros = ByteBuffer.allocate(FILE_LENGTH);
      while (zeros.hasRemaining()) {
        disk.write(draft, channel, zeros, zeros.position());
      }
      final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_LENGTH);
      watermark = new Watermark(disk, file, channel, mapped);
      for (int i = 0; i < SLOT_COUNT; i++) {
        watermark.record(sequence, batchChecksum);
      }
      disk.force(draft, channel);
      disk.replace(draft, file);
      disk.forceDirectory(directory);
      created = true;
      return watermark;
    } finally {
      if (!created) {
        CloseHelper.quietClose(watermark == null ? channel : watermark);
      }
    }
  }

  /**
   * Everything up to this sequence counts as acknowledged; survives a kill of the process.
   *
   * @throws IOException if the file's map does not hold it: the file was cut, or its disk fails.
   */
  public void record(long sequence, int batchChecksum) throws IOException {
    final int offset = slot * SLOT_LENGTH;
    encoder
        .wrapAndApplyHeader(draft, 0, header)
        .sequence(sequence)
        .batchChecksum(Integer.toUnsignedLong(batchChecksum))
        .checksum(Integer.toUnsignedLong(checksum(crc, draftBytes, 0)));
    long difference = 0;
    for (int i = 0; i < RECORD_LENGTH; i += Long.BYTES) {
      final long word = draft.getLong(i);
      buffer.putLong(offset + i, word);
      difference |= word ^ buffer.getLongVolatile(offset + i);
    }
    if (difference != 0) {
      throw new IOException("the system refused a store to the map of " + file);
    }
    slot = (slot + 1) % SLOT_COUNT;
  }

  /** What was recorded survives loss of power. */
  public void force() throws IOException {
    disk.force(file, channel);
  }

  private static int checksum(CRC32C crc, ByteBuffer bytes, int offset) {
    crc.reset();
    bytes.limit(offset + CHECKSUM_OFFSET).position(offset);
    crc.update(bytes);
    bytes.clear();
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    BufferUtil.free(draftBytes);
    BufferUtil.free(mapped);
    channel.close();
  }
}
