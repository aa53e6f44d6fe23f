package dev.verdant.ops.drill.ground;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One file of a journal, walked by its length words alone: a reader apart from the journal's own,
 * so that a drill knows by itself what it damages.
 *
 * <pre>
 *   document   | length word: 2 bits, 30 bits length | content ...
 *   batch      | length word | 8 bytes | first sequence (8) | count (4) | ...
 * </pre>
 *
 * @param path of the file.
 * @param batches in order.
 * @param end behind the last document, in bytes.
 */
public record SegmentFile(Path path, List<Batch> batches, long end) {
  private static final String SUFFIX = ".cq4";
  private static final int WORD_LENGTH = 4;
  private static final int UNFINISHED = 1 << 31;
  private static final int METADATA = 1 << 30;
  private static final int LENGTH_MASK = METADATA - 1;
  private static final int SEQUENCE_OFFSET = WORD_LENGTH + 8;
  private static final int COUNT_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

  /**
   * A batch in its file.
   *
   * @param position of its length word.
   * @param end behind it.
   * @param firstSequence of its commands.
   * @param count of them.
   */
  public record Batch(long position, long end, long firstSequence, int count) {
    /** Whether it has bytes in a range of the file. */
    public boolean overlaps(long from, long to) {
      return position < to && from < end;
    }
  }

  /** The segments of a data directory that hold a batch, oldest first. */
  public static List<SegmentFile> ofDirectory(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.walk(directory.resolve("journal"))) {
      paths = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<SegmentFile> segments = new ArrayList<>();
    for (Path path : paths) {
      SegmentFile segment = read(path);
      if (!segment.batches.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /** The file that the server which started last writes to, empty before its first command. */
  public static Optional<Path> newest(Path directory) throws IOException {
    try (Stream<Path> generations = Files.list(directory.resolve("journal"))) {
      Path newest = generations.max(Path::compareTo).orElseThrow();
      try (Stream<Path> files = Files.list(newest)) {
        return files.filter(file -> file.toString().endsWith(SUFFIX)).max(Path::compareTo);
      }
    }
  }

  /** Walks a file up to its first word that begins no finished document. */
  public static SegmentFile read(Path path) throws IOException {
    List<Batch> batches = new ArrayList<>();
    long position = 0;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(COUNT_OFFSET + Integer.BYTES);
      head.order(ByteOrder.LITTLE_ENDIAN);
      while (channel.read(head.clear(), position) >= WORD_LENGTH) {
        int word = head.getInt(0);
        if (word == 0 || (word & UNFINISHED) != 0) {
          break;
        }
        long end = position + WORD_LENGTH + (word & LENGTH_MASK);
        end = (end + WORD_LENGTH - 1) / WORD_LENGTH * WORD_LENGTH;
        if ((word & METADATA) == 0) {
          batches.add(
              new Batch(position, end, head.getLong(SEQUENCE_OFFSET), head.getInt(COUNT_OFFSET)));
        }
        position = end;
      }
    }
    return new SegmentFile(path, batches, position);
  }

  /** The first batch that has bytes in a range of the file. */
  public Optional<Batch> batchWithin(long from, long to) {
    return batches.stream().filter(batch -> batch.overlaps(from, to)).findFirst();
  }

  /** Sequence of the first command of the file. */
  public long firstSequence() {
    return batches.get(0).firstSequence();
  }

  /** Sequence of the last command of the file. */
  public long lastSequence() {
    Batch last = batches.get(batches.size() - 1);
    return last.firstSequence() + last.count() - 1;
  }

  /** Where its first batch begins, in bytes. */
  public long firstBatch() {
    return batches.get(0).position();
  }
}
