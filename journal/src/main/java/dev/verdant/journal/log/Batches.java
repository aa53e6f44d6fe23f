package dev.verdant.journal.log;

import dev.verdant.journal.codec.BatchHeaderDecoder;
import dev.verdant.journal.codec.BatchHeaderEncoder;
import dev.verdant.journal.codec.MessageHeaderEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Layout of one excerpt of the journal, one batch each:
 *
 * <pre>
 *   0            8               16      20       24         28         32
 *   +------------+---------------+-------+--------+----------+----------+---------------
 *   | SBE header | firstSequence | count | length | previous | checksum | commands ...
 *   +------------+---------------+-------+--------+----------+----------+---------------
 * </pre>
 *
 * <p>The fields are those of {@code BatchHeader} in verdant-journal.xml, the commands stand as
 * {@link dev.verdant.pipeline.CommandBatch} lays them out. All lengths are multiples of 8.
 */
public final class Batches {
  /** Bytes in front of the commands. */
  public static final int HEADER_LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + BatchHeaderEncoder.BLOCK_LENGTH;

  /**
   * Longest commands of one, in bytes, that any journal may hold; bounds what is buffered to read.
   */
  public static final int MAX_LENGTH = 8 * 1024 * 1024;

  /** Offset of the checksum within an excerpt. */
  static final int CHECKSUM_OFFSET =
      MessageHeaderEncoder.ENCODED_LENGTH + BatchHeaderDecoder.checksumEncodingOffset();

  private static final int FIRST_SEQUENCE_OFFSET =
      MessageHeaderEncoder.ENCODED_LENGTH + BatchHeaderDecoder.firstSequenceEncodingOffset();

  /** CRC32C over an excerpt at the given place, all of it but the checksum. */
  public static int checksum(CRC32C crc, ByteBuffer buffer, int offset, int length) {
    final int afterChecksum = CHECKSUM_OFFSET + Integer.BYTES;
    crc.reset();
    update(crc, buffer, offset, CHECKSUM_OFFSET);
    update(crc, buffer, offset + afterChecksum, length - afterChecksum);
    return (int) crc.getValue();
  }

  /** The checksum that an excerpt at the given place brings with it. */
  public static int storedChecksum(DirectBuffer buffer, int offset) {
    return buffer.getInt(offset + CHECKSUM_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /** Sequence of the first command of an excerpt at the given place. */
  static long firstSequence(DirectBuffer buffer, int offset) {
    return buffer.getLong(offset + FIRST_SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  private static void update(CRC32C crc, ByteBuffer buffer, int offset, int length) {
    buffer.limit(offset + length).position(offset);
    crc.update(buffer);
    buffer.clear();
  }

  private Batches() {}
}
