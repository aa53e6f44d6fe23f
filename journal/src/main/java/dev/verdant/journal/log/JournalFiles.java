package dev.verdant.journal.log;

import dev.verdant.journal.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of a data directory are the journal's, in the order of what they hold. */
public final class JournalFiles {
  private static final String JOURNAL = "journal";
  private static final Pattern GENERATION = Pattern.compile("\\d{8}");
  private static final Pattern SEGMENT = Pattern.compile("\\d{8}L\\.cq4");

  /** Chronicle's own, beside the segments; of no use without them. */
  private static final String METADATA = "metadata.cq4t";

  /** Where the generations are, or will be made; it may be on another disk than the rest. */
  public static Path home(Path directory) {
    final Path journal = directory.resolve(JOURNAL);
    return Files.isDirectory(journal) ? journal : directory;
  }

  /** Whether the journal's directory exists, whatever is in it. */
  public static boolean isThere(Path directory) {
    return !Files.notExists(directory.resolve(JOURNAL));
  }

  /** All segments, oldest first; none where there is no journal. */
  public static List<Path> segments(Path directory) throws IOException {
    final List<Path> segments = new ArrayList<>();
    for (Path generation : generations(directory)) {
      segments.addAll(list(generation, name -> SEGMENT.matcher(name).matches()));
    }
    return segments;
  }

  /** The queues, oldest first. */
  public static List<Path> generations(Path directory) throws IOException {
    final Path journal = directory.resolve(JOURNAL);
    return Files.isDirectory(journal)
        ? list(journal, name -> GENERATION.matcher(name).matches())
        : List.of();
  }

  /** Makes the directory of the generation after all others, forced to disk. */
  public static Path createGeneration(Disk disk, Path directory) throws IOException {
    final Path journal = directory.resolve(JOURNAL);
    Disk.createDirectories(disk, journal);
    // Also where it is there: a start before may have been killed between the two.
    disk.forceDirectory(directory);
    final List<Path> generations = generations(directory);
    final int last =
        generations.isEmpty()
            ? 0
            : Integer.parseInt(generations.get(generations.size() - 1).getFileName().toString());
    final Path generation = journal.resolve(String.format(Locale.ROOT, "%08d", last + 1));
    disk.createDirectory(generation);
    disk.forceDirectory(journal);
    return generation;
  }

  /**
   * Deletes a generation that holds nothing but what Chronicle makes before its first segment. One
   * in which somebody has put anything stays, and its number with it: he may want it back.
   */
  public static void deleteIfEmpty(Disk disk, Path generation) throws IOException {
    final List<Path> files = list(generation, name -> true);
    if (!files.stream().allMatch(file -> file.endsWith(METADATA))) {
      return;
    }
    for (Path file : files) {
      disk.delete(file);
    }
    disk.delete(generation);
    disk.forceDirectory(generation.getParent());
  }

  /**
   * Gives back what a segment has beyond its last batch, claimed disk blocks and remains of a torn
   * batch alike, and forces the rest to disk. It reads as zeros from there.
   */
  public static void seal(Disk disk, Path segment, long end) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      final long length = file.length();
      disk.setLength(segment, file, end);
      disk.setLength(segment, file, length);
      disk.force(segment, file.getChannel());
    }
    disk.forceDirectory(segment.getParent());
  }

  private static List<Path> list(Path directory, Predicate<String> name) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> name.test(file.getFileName().toString())).sorted().toList();
    }
  }

  private JournalFiles() {}
}
