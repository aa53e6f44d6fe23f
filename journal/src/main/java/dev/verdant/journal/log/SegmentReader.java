package dev.verdant.journal.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.wire.Wires;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the documents of one Chronicle file after the other, without Chronicle: a tailer stops
 * silently at damage, changes files when it opens them for writing, and maps them, so that a bad
 * disk sector or a shortened file ends in a fault of the process instead of an error.
 *
 * <p>A document is a little-endian length word (two flags, 30 bits of length) and that many bytes,
 * at multiples of 4. A zero word ends the file.
 */
public final class SegmentReader implements AutoCloseable {
  /** Longest document that may be a batch. */
  private static final int MAX_BATCH_DOCUMENT = Batches.HEADER_LENGTH + Batches.MAX_LENGTH;

  /** What is read at once; small enough to stay in the processor's cache until it is applied. */
  private static final int WINDOW_LENGTH = 128 * 1024;

  /** What Chronicle closes a file with: an end word and a padded text, 0xC3 and "EOF". */
  private static final long END_MARK = 0x464F_45C3_C000_0000L;

  private final UnsafeBuffer buffer = new UnsafeBuffer();
  private ByteBuffer window;
  private FileChannel channel;
  private long fileLength;
  private long windowStart;
  private int windowFilled;
  private long position;
  private long nextPosition;
  private int length;
  private Check failed;
  private String detail;

  /** Reads nothing so far; {@link #open} begins a file. */
  public SegmentReader() {
    useWindow(WINDOW_LENGTH);
  }

  private void useWindow(int capacity) {
    BufferUtil.free(window);
    window = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    buffer.wrap(window);
  }

  /** Starts at the beginning of a file. */
  public void open(Path file) throws IOException {
    closeFile();
    channel = FileChannel.open(file, StandardOpenOption.READ);
    fileLength = channel.size();
    windowStart = 0;
    windowFilled = 0;
    position = 0;
    nextPosition = 0;
    failed = null;
    detail = null;
  }

  /** Goes to the next batch; false at the end of the file or where a check failed. */
  public boolean next() throws IOException {
    while (true) {
      position = nextPosition;
      if (fileLength - position < Wires.SPB_HEADER_SIZE) {
        return false;
      }
      load(Wires.SPB_HEADER_SIZE);
      final int word = window.getInt(inWindow(position));
      if (word == Wires.NOT_INITIALIZED || Wires.isEndOfFile(word)) {
        return false;
      }
      final long documentLength = Wires.lengthOf(word);
      if (!Wires.isReady(word)) {
        return fail(Check.FINISHED, "length word " + Integer.toHexString(word));
      }
      nextPosition =
          BitUtil.align(
              position + Wires.SPB_HEADER_SIZE + documentLength, (long) Wires.SPB_HEADER_SIZE);
      if (nextPosition > fileLength) {
        return fail(
            Check.LENGTH, "a document of " + documentLength + " bytes, a file of " + fileLength);
      }
      if (Wires.isReadyData(word)) {
        if (documentLength < Batches.HEADER_LENGTH || documentLength > MAX_BATCH_DOCUMENT) {
          return fail(Check.LENGTH, "a document of " + documentLength + " bytes");
        }
        length = (int) documentLength;
        load(Wires.SPB_HEADER_SIZE + length);
        return true;
      }
    }
  }

  /** Whether only zeros stand from here to the end of the file, an end mark aside. */
  public boolean isCleanEnd() throws IOException {
    if (fileLength - position >= Long.BYTES) {
      load(Long.BYTES);
      if (window.getLong(inWindow(position)) == END_MARK) {
        position += Long.BYTES;
      }
    }
    final long end = position;
    while (position < fileLength) {
      final int bytes = (int) Math.min(window.capacity(), fileLength - position);
      load(bytes);
      final int notZero = firstNotZero(inWindow(position), bytes);
      if (notZero < bytes) {
        final String found = "a byte other than 0 at " + (position + notZero);
        position = end;
        return fail(Check.END, found);
      }
      position += bytes;
    }
    position = end;
    return true;
  }

  private int firstNotZero(int offset, int bytes) {
    int i = 0;
    while (i + Long.BYTES <= bytes && buffer.getLong(offset + i) == 0) {
      i += Long.BYTES;
    }
    while (i < bytes && buffer.getByte(offset + i) == 0) {
      i++;
    }
    return i;
  }

  private boolean fail(Check check, String found) {
    failed = check;
    detail = found;
    return false;
  }

  private void load(int bytes) throws IOException {
    if (position >= windowStart && position + bytes <= windowStart + windowFilled) {
      return;
    }
    windowStart = position;
    windowFilled = 0;
    if (bytes > window.capacity()) {
      useWindow(BitUtil.findNextPositivePowerOfTwo(bytes));
    }
    window.clear();
    while (window.hasRemaining()) {
      final int read = channel.read(window, windowStart + windowFilled);
      if (read < 0) {
        break;
      }
      windowFilled += read;
    }
    window.clear();
    if (windowFilled < bytes) {
      throw new IOException("file became shorter than " + (position + bytes) + " while read");
    }
  }

  private int inWindow(long filePosition) {
    return (int) (filePosition - windowStart);
  }

  /** Holds the batch after a {@link #next}. */
  public UnsafeBuffer buffer() {
    return buffer;
  }

  /** The same bytes as {@link #buffer}. */
  public ByteBuffer byteBuffer() {
    return window;
  }

  /** Where the batch starts in the buffer. */
  public int offset() {
    return inWindow(position) + Wires.SPB_HEADER_SIZE;
  }

  /** Bytes of the batch, its header included. */
  public int length() {
    return length;
  }

  /** Position in the file of the document that was looked at last, or of the end. */
  public long position() {
    return position;
  }

  /** Position in the file of what follows the batch. */
  public long end() {
    return nextPosition;
  }

  /** The check that ended the walk, null if none failed. */
  public Check failed() {
    return failed;
  }

  /** What the check found. */
  public String detail() {
    return detail;
  }

  private void closeFile() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  @Override
  public void close() throws IOException {
    closeFile();
    BufferUtil.free(window);
  }
}
