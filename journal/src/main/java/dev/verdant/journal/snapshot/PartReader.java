package dev.verdant.journal.snapshot;

import dev.verdant.ledger.StatePart;
import dev.verdant.ledger.StateSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the parts of a snapshot, each byte under its checksum before anyone sees it. Holds one
 * chunk.
 */
final class PartReader implements StateSource, AutoCloseable {
  /** So many are let go of at once, after all of them have been read. */
  private static final int LET_GO_CHUNKS = 32;

  private final Path snapshot;
  private final SnapshotManifest manifest;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(PartChecksums.CHUNK_LENGTH);
  private final UnsafeBuffer chunkBuffer = new UnsafeBuffer(chunk);
  private final UnsafeBuffer run = new UnsafeBuffer(0, 0);
  private final CRC32C crc = new CRC32C();
  private final UsedPages pages = new UsedPages();
  private FileChannel file;
  private Path path;
  private PartChecksums part;
  private int chunkNumber;
  private int taken;
  private int filled;

  PartReader(Path snapshot, SnapshotManifest manifest) {
    this.snapshot = snapshot;
    this.manifest = manifest;
  }

  @Override
  public long begin(StatePart nextPart) {
    part = manifest.parts().get(nextPart.number());
    path = SnapshotFiles.part(snapshot, nextPart);
    chunkNumber = 0;
    taken = 0;
    filled = 0;
    try {
      closeFile();
      file = FileChannel.open(path, StandardOpenOption.READ);
      if (file.size() != part.length()) {
        throw damaged(
            SnapshotCheck.LENGTH, file.size() + " bytes, the manifest says " + part.length(), null);
      }
    } catch (IOException e) {
      throw damaged(SnapshotCheck.READABLE, e.toString(), e);
    }
    return part.length();
  }

  @Override
  public void read(long address, int length) {
    run.wrap(address, length);
    int done = 0;
    while (done < length) {
      if (taken == filled) {
        readChunk();
      }
      final int bytes = Math.min(length - done, filled - taken);
      run.putBytes(done, chunkBuffer, taken, bytes);
      taken += bytes;
      done += bytes;
    }
  }

  private void readChunk() {
    final long position = (long) chunkNumber * PartChecksums.CHUNK_LENGTH;
    taken = 0;
    filled = (int) Math.min(PartChecksums.CHUNK_LENGTH, part.length() - position);
    if (filled <= 0) {
      throw new IllegalArgumentException("part " + part.part() + " is asked for more than it has");
    }
    chunk.limit(filled).position(0);
    try {
      while (chunk.hasRemaining()) {
        if (file.read(chunk) < 0) {
          throw damaged(SnapshotCheck.LENGTH, "the file has become shorter", null);
        }
      }
    } catch (IOException e) {
      throw damaged(SnapshotCheck.READABLE, e.toString(), e);
    }
    chunk.flip();
    crc.reset();
    crc.update(chunk);
    final int stored = part.chunks().get(chunkNumber);
    final int computed = (int) crc.getValue();
    if (stored != computed) {
      throw damaged(
          SnapshotCheck.CHECKSUM,
          String.format(Locale.ROOT, "%08x stored, %08x computed", stored, computed),
          null);
    }
    chunkNumber++;
    if (chunkNumber % LET_GO_CHUNKS == 0) {
      letGo();
    }
  }

  private void letGo() {
    final long end = (long) chunkNumber * PartChecksums.CHUNK_LENGTH;
    pages.letGo(path, end - (long) LET_GO_CHUNKS * PartChecksums.CHUNK_LENGTH, end);
  }

  /** Reads a whole part only to check it. */
  void check(StatePart checked) {
    begin(checked);
    for (int i = 0; i < part.chunks().size(); i++) {
      readChunk();
    }
  }

  private SnapshotDamagedException damaged(SnapshotCheck check, String detail, Throwable cause) {
    final long position = (long) chunkNumber * PartChecksums.CHUNK_LENGTH;
    return new SnapshotDamagedException(
        new SnapshotFault(manifest.sequence(), path, position, check, detail), cause);
  }

  private void closeFile() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeFile();
    BufferUtil.free(chunk);
  }
}
