package dev.verdant.ops.history;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header, gzipped or not, in UTF-8, and how much of it has been read. */
final class HistoryFile implements Closeable {
  private static final int BUFFER_LENGTH = 64 * 1024;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final String name;
  private final CountingStream raw;
  private final long length;
  private final CSVParser parser;

  private HistoryFile(String name, CountingStream raw, long length, CSVParser parser) {
    this.name = name;
    this.raw = raw;
    this.length = length;
    this.parser = parser;
  }

  /**
   * Opens a file; gzip is told by its first bytes.
   *
   * @throws IOException if it cannot be read or has no header.
   */
  static HistoryFile open(Path file) throws IOException {
    return open(file.toString(), Files.newInputStream(file), Files.size(file));
  }

  /**
   * Reads a file from a stream, which is closed with it.
   *
   * @param length of the stream in bytes, for the share that has been read.
   * @throws IOException if it cannot be read or has no header.
   */
  static HistoryFile open(String name, InputStream in, long length) throws IOException {
    CountingStream raw = new CountingStream(in);
    try {
      InputStream text = withoutByteOrderMark(unzipped(raw));
      CSVParser parser =
          CSVParser.parse(new InputStreamReader(text, StandardCharsets.UTF_8), FORMAT);
      return new HistoryFile(name, raw, length, parser);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw new IOException(name + " is not CSV with a header: " + e.getMessage(), e);
    }
  }

  /** The names of the columns, in their order. */
  List<String> header() {
    return parser.getHeaderNames();
  }

  /**
   * The next record, the first behind the header; null at the end.
   *
   * @throws IOException if it cannot be read, naming the line where it begins.
   */
  CSVRecord next() throws IOException {
    long line = parser.getCurrentLineNumber() + 1;
    try {
      return parser.iterator().hasNext() ? parser.iterator().next() : null;
    } catch (UncheckedIOException e) {
      throw new IOException(
          name + " line " + line + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Share of the file that has been read, 0 to 100. */
  int percentRead() {
    return length == 0 ? 100 : (int) (100 * raw.count / length);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private static InputStream unzipped(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER_LENGTH);
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new BufferedInputStream(new WholeGzip(in), BUFFER_LENGTH) : in;
  }

  private static InputStream withoutByteOrderMark(InputStream in) throws IOException {
    in.mark(3);
    if (in.read() != 0xEF || in.read() != 0xBB || in.read() != 0xBF) {
      in.reset();
    }
    return in;
  }

  /**
   * Fails where something stands behind the gzipped parts that is no such part. By itself Java
   * takes it for the end, and rows would be gone without a word. Zeros are padding, as gzip(1) has
   * it.
   */
  private static final class WholeGzip extends GZIPInputStream {
    private static final int TRAILER_LENGTH = 8;

    WholeGzip(InputStream in) throws IOException {
      super(in, BUFFER_LENGTH);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read < 0) {
        for (int i = len - Math.max(0, inf.getRemaining() - TRAILER_LENGTH); i < len; i++) {
          requirePadding(buf[i]);
        }
        for (int value = in.read(); value >= 0; value = in.read()) {
          requirePadding(value);
        }
      }
      return read;
    }

    private static void requirePadding(int value) throws ZipException {
      if (value != 0) {
        throw new ZipException("what stands behind the gzipped part is not gzipped");
      }
    }
  }

  /** Counts the bytes of the file itself, before they are unzipped. */
  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
