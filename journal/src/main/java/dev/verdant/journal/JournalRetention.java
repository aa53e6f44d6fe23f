package dev.verdant.journal;

import dev.verdant.journal.disk.Disk;
import dev.verdant.journal.log.JournalFiles;
import dev.verdant.journal.log.SegmentStarts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Deletes what no start can need any more. */
final class JournalRetention {
  /**
   * Deletes the files of a journal that lie wholly below a snapshot: those before the one where a
   * replay from it would begin. Oldest first, so that what a kill leaves is without a gap; the file
   * that is written to is never among them.
   *
   * @param oldestKept sequence of the oldest snapshot kept, 1 or more.
   * @return how many files were deleted.
   */
  static int deleteBelow(Disk disk, Path directory, long oldestKept) throws IOException {
    final List<Path> segments = JournalFiles.segments(directory);
    final OptionalInt needed = SegmentStarts.newestNotAfter(segments, oldestKept + 1);
    if (needed.isEmpty()) {
      return 0;
    }
    for (Path segment : segments.subList(0, needed.getAsInt())) {
      disk.delete(segment);
      disk.forceDirectory(segment.getParent());
    }
    final List<Path> generations = JournalFiles.generations(directory);
    for (Path generation : generations.subList(0, generations.size() - 1)) {
      JournalFiles.deleteIfEmpty(disk, generation);
    }
    return needed.getAsInt();
  }

  private JournalRetention() {}
}
