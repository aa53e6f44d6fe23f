package dev.verdant.ops.script;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of a script as bytes, ended by a line feed. Blank lines at the end of a script are not
 * lines; a blank one with a line behind it is. Of a line longer than {@link #MAX_LENGTH} only the
 * beginning and some of the end are kept, so that no input can fill the memory, and between them a
 * byte that makes it broken JSON whatever they are.
 */
final class LineReader {
  /** Longest line in bytes; the longest command, a configure with full lists, takes a fraction. */
  static final int MAX_LENGTH = 4 * 1024 * 1024;

  /** No JSON has it anywhere, nor has a blank line. */
  private static final byte CUT = 0;

  private static final int BLOCK_LENGTH = 64 * 1024;

  private final InputStream in;
  private byte[] buffer = new byte[2 * BLOCK_LENGTH];
  private int position;
  private int limit;
  private int scanned;

  private int lineOffset;
  private int lineLength;
  private int blankLines;
  private boolean lineAhead;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line; false at the end of the script. Blocks until it is there. */
  boolean next() throws IOException {
    if (blankLines == 0 && !lineAhead) {
      while (readLine()) {
        if (!isBlank()) {
          lineAhead = true;
          break;
        }
        blankLines++;
      }
    }
    if (!lineAhead) {
      return false;
    }
    if (blankLines > 0) {
      blankLines--;
    } else {
      lineAhead = false;
    }
    return true;
  }

  /** Whether {@link #next} would find a whole line without waiting for the input. */
  boolean isReady() throws IOException {
    if (blankLines > 0 || lineAhead) {
      return true;
    }
    while (lineFeed() < 0) {
      if (in.available() == 0 || fill() < 0) {
        return false;
      }
    }
    return true;
  }

  /** Holds the current line, valid until {@link #next}. */
  byte[] bytes() {
    return buffer;
  }

  /** Start of the current line in {@link #bytes}. */
  int offset() {
    return lineOffset;
  }

  /** Length of the current line in bytes, without its line feed; 0 for a blank one. */
  int length() {
    return lineAhead ? 0 : lineLength;
  }

  private boolean readLine() throws IOException {
    int lineFeed;
    while ((lineFeed = lineFeed()) < 0) {
      if (fill() < 0) {
        lineFeed = limit;
        break;
      }
    }
    lineOffset = position;
    lineLength = lineFeed - position;
    position = Math.min(lineFeed + 1, limit);
    scanned = position;
    return lineLength > 0 || lineFeed < limit;
  }

  private int lineFeed() {
    while (scanned < limit) {
      if (buffer[scanned] == '\n') {
        return scanned;
      }
      scanned++;
    }
    return -1;
  }

  private int fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      scanned -= position;
      position = 0;
    }
    if (limit > MAX_LENGTH) {
      limit = MAX_LENGTH;
      scanned = MAX_LENGTH;
      buffer[MAX_LENGTH - 1] = CUT;
    }
    if (buffer.length - limit < BLOCK_LENGTH) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = in.read(buffer, limit, BLOCK_LENGTH);
    if (count > 0) {
      limit += count;
    }
    return count;
  }

  private boolean isBlank() {
    for (int i = 0; i < lineLength; i++) {
      byte b = buffer[lineOffset + i];
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
