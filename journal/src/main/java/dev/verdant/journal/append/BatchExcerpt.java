package dev.verdant.journal.append;

import dev.verdant.journal.codec.BatchHeaderEncoder;
import dev.verdant.journal.codec.MessageHeaderEncoder;
import dev.verdant.journal.log.Batches;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.UnsafeMemory;
import net.openhft.chronicle.wire.Wires;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The excerpt of one batch after the other (see {@link Batches}), put together off heap before it
 * is handed over whole, so that no exception can leave half of one committed. One thread at a time;
 * nothing is allocated per batch.
 */
final class BatchExcerpt implements AutoCloseable {
  private final CRC32C crc = new CRC32C();
  private final BatchHeaderEncoder encoder = new BatchHeaderEncoder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final PointerBytesStore store = new PointerBytesStore();
  private int length;
  private int checksum;

  /** One for batches of so many bytes of commands at most. */
  BatchExcerpt(int maxBatchLength) {
    bytes = ByteBuffer.allocateDirect(Batches.HEADER_LENGTH + maxBatchLength);
    buffer = new UnsafeBuffer(bytes);
  }

  /** Puts a batch in the place of the one before. */
  void put(
      long firstSequence,
      int count,
      int previousChecksum,
      DirectBuffer commands,
      int offset,
      int commandsLength) {
    length = Batches.HEADER_LENGTH + commandsLength;
    encoder
        .wrapAndApplyHeader(buffer, 0, header)
        .firstSequence(firstSequence)
        .count(count)
        .length(commandsLength)
        .previousChecksum(Integer.toUnsignedLong(previousChecksum));
    buffer.putBytes(Batches.HEADER_LENGTH, commands, offset, commandsLength);
    checksum = Batches.checksum(crc, bytes, 0, length);
    encoder.checksum(Integer.toUnsignedLong(checksum));
  }

  /** Bytes of it, the batch's header included. */
  int length() {
    return length;
  }

  /** The batch's. */
  int checksum() {
    return checksum;
  }

  /** The excerpt for who appends it, until the next one is put. */
  PointerBytesStore store() {
    store.set(buffer.addressOffset(), length);
    return store;
  }

  /**
   * Whether memory holds the excerpt, and before it its length as Chronicle stores that.
   *
   * @param stored address of the excerpt's first byte there.
   */
  boolean isAt(long stored) {
    final long wanted = buffer.addressOffset();
    long difference = UnsafeMemory.unsafeGetInt(stored - Wires.SPB_HEADER_SIZE) ^ length;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      difference |= UnsafeMemory.unsafeGetLong(stored + i) ^ UnsafeMemory.unsafeGetLong(wanted + i);
    }
    for (; i < length; i++) {
      difference |= UnsafeMemory.unsafeGetByte(stored + i) ^ UnsafeMemory.unsafeGetByte(wanted + i);
    }
    return difference == 0;
  }

  @Override
  public void close() {
    BufferUtil.free(bytes);
  }
}
