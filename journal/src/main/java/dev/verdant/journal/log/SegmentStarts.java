package dev.verdant.journal.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Where the files of a journal begin, found without reading more than their first batch. */
public final class SegmentStarts {
  /** Sequence of a file's first command; empty where its first batch is not there or not right. */
  public static OptionalLong firstSequence(Path segment) {
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      return reader.next() && isChecksumRight(reader)
          ? OptionalLong.of(Batches.firstSequence(reader.buffer(), reader.offset()))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Of the files that begin with this sequence or an earlier one, the one that begins last. Of two
   * that begin alike the first, so that a copy behind it is read too, and noticed.
   */
  public static OptionalInt newestNotAfter(List<Path> segments, long sequence) {
    OptionalInt newest = OptionalInt.empty();
    long newestFirst = Long.MIN_VALUE;
    // From the newest back, and no further than to one that begins earlier, as all before it do:
    // where the whole history is kept there are many.
    for (int i = segments.size() - 1; i >= 0; i--) {
      final OptionalLong first = firstSequence(segments.get(i));
      if (first.isEmpty()) {
        continue;
      }
      if (first.getAsLong() < newestFirst) {
        return newest;
      }
      if (first.getAsLong() <= sequence) {
        newest = OptionalInt.of(i);
        newestFirst = first.getAsLong();
      }
    }
    return newest;
  }

  /**
   * The last file that holds a batch, or may hold one; the first where none does. Behind it stand
   * only files that a start which was killed has made, and of its first batch at most the remains.
   */
  public static int lastWithBatch(List<Path> segments) {
    int last = segments.size() - 1;
    while (last > 0 && isWithoutBatch(segments.get(last))) {
      last--;
    }
    return last;
  }

  private static boolean isWithoutBatch(Path segment) {
    try (SegmentReader reader = new SegmentReader()) {
      reader.open(segment);
      return reader.next()
          ? !isChecksumRight(reader)
          : reader.failed() == null || reader.failed().tornTailPossible();
    } catch (IOException e) {
      return false; // nobody knows
    }
  }

  private static boolean isChecksumRight(SegmentReader reader) {
    final int checksum =
        Batches.checksum(new CRC32C(), reader.byteBuffer(), reader.offset(), reader.length());
    return checksum == Batches.storedChecksum(reader.buffer(), reader.offset());
  }

  private SegmentStarts() {}
}
