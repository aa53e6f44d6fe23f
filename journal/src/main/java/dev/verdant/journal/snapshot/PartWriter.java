package dev.verdant.journal.snapshot;

import dev.verdant.journal.disk.Disk;
import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.StateSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the parts of a snapshot, a file each, forced. Holds one chunk; what an interrupt or the
 * disk refuses comes as an {@link UncheckedIOException}.
 */
final class PartWriter implements StateSink, AutoCloseable {
  /**
   * A file is forced each time that so much has been written, so that the system never holds
   * gigabytes which the journal's next force would have to wait for.
   */
  private static final int FORCE_CHUNKS = 32;

  private final Disk disk;
  private final Path snapshot;
  private final long reserveBytes;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(PartChecksums.CHUNK_LENGTH);
  private final UnsafeBuffer chunkBuffer = new UnsafeBuffer(chunk);
  private final UnsafeBuffer run = new UnsafeBuffer(0, 0);
  private final CRC32C crc = new CRC32C();
  private final UsedPages pages = new UsedPages();
  private final List<PartChecksums> parts = new ArrayList<>();
  private FileChannel file;
  private Path path;
  private StatePart part;
  private long length;
  private long position;
  private long forced;
  private List<Integer> chunks = new ArrayList<>();
  private int filled;

  PartWriter(Disk disk, Path snapshot, long reserveBytes) {
    this.disk = disk;
    this.snapshot = snapshot;
    this.reserveBytes = reserveBytes;
  }

  @Override
  public void begin(StatePart nextPart, long nextLength) {
    try {
      finishPart();
      requireRoom(nextPart, nextLength);
      path = SnapshotFiles.part(snapshot, nextPart);
      file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    part = nextPart;
    length = nextLength;
    position = 0;
    forced = 0;
  }

  /** The journal needs what is left of the disk more than a snapshot does. */
  private void requireRoom(StatePart nextPart, long nextLength) throws IOException {
    final long usable = disk.freeSpace(snapshot).usableBytes();
    if (usable - nextLength < reserveBytes) {
      throw new IOException(
          "no room for part "
              + nextPart
              + " of a snapshot in "
              + snapshot
              + ": "
              + nextLength
              + " bytes, "
              + usable
              + " are free, "
              + reserveBytes
              + " of them reserved");
    }
  }

  @Override
  public void write(long address, int runLength) {
    run.wrap(address, runLength);
    int done = 0;
    while (done < runLength) {
      final int bytes = Math.min(runLength - done, PartChecksums.CHUNK_LENGTH - filled);
      run.getBytes(done, chunkBuffer, filled, bytes);
      filled += bytes;
      done += bytes;
      if (filled == PartChecksums.CHUNK_LENGTH) {
        writeChunk();
      }
    }
  }

  private void writeChunk() {
    chunk.limit(filled).position(0);
    crc.reset();
    crc.update(chunk);
    chunk.flip();
    try {
      while (chunk.hasRemaining()) {
        position += disk.write(path, file, chunk, position);
      }
      chunks.add((int) crc.getValue());
      if (chunks.size() % FORCE_CHUNKS == 0) {
        force();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    filled = 0;
  }

  private void force() throws IOException {
    disk.force(path, file);
    pages.letGo(path, forced, position);
    forced = position;
  }

  private void finishPart() throws IOException {
    if (file == null) {
      return;
    }
    if (filled > 0) {
      writeChunk();
    }
    if (position != length) {
      throw new IllegalStateException("part " + part + " got " + position + " bytes of " + length);
    }
    force();
    file.close();
    file = null;
    parts.add(new PartChecksums(part, length, chunks));
    chunks = new ArrayList<>();
  }

  /** Forces the last part and tells the checksums of all. */
  List<PartChecksums> finish() throws IOException {
    finishPart();
    return parts;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
    BufferUtil.free(chunk);
  }
}
