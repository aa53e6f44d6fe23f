package dev.verdant.journal.snapshot;

import dev.verdant.journal.disk.Disk;
import dev.verdant.ledger.StatePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which directories and files of a data directory are snapshots. */
final class SnapshotFiles {
  static final String MANIFEST = "manifest";
  private static final String SNAPSHOTS = "snapshots";
  private static final String UNFINISHED = ".unfinished";
  private static final Pattern FINISHED_NAME = Pattern.compile("\\d{20}");
  private static final Pattern UNFINISHED_NAME =
      Pattern.compile("\\d{20}" + Pattern.quote(UNFINISHED));
  private static final String SET_ASIDE = ".passed-over";
  private static final Pattern SET_ASIDE_NAME =
      Pattern.compile("\\d{20}" + Pattern.quote(SET_ASIDE));

  /** The room of all snapshots. */
  static Path room(Path directory) {
    return directory.resolve(SNAPSHOTS);
  }

  /** The finished snapshots, newest first. */
  static List<Path> finished(Path directory) throws IOException {
    return list(directory, FINISHED_NAME.asMatchPredicate()).stream()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** What killed attempts have left. */
  static List<Path> unfinished(Path directory) throws IOException {
    return list(directory, UNFINISHED_NAME.asMatchPredicate());
  }

  /** What starts have set aside. */
  static List<Path> setAside(Path directory) throws IOException {
    return list(directory, SET_ASIDE_NAME.asMatchPredicate());
  }

  private static List<Path> list(Path directory, Predicate<String> name) throws IOException {
    final Path room = room(directory);
    if (!Files.isDirectory(room)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(room)) {
      return entries.filter(entry -> name.test(entry.getFileName().toString())).toList();
    }
  }

  static Path finishedPath(Path directory, long sequence) {
    return room(directory).resolve(name(sequence));
  }

  private static String name(long sequence) {
    return String.format(Locale.ROOT, "%020d", sequence);
  }

  /** The sequence that a finished snapshot is named by. */
  static long sequence(Path snapshot) {
    return Long.parseLong(snapshot.getFileName().toString());
  }

  static Path part(Path snapshot, StatePart part) {
    return snapshot.resolve(part.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Makes the directory of a snapshot that is being written, and the room, forced to disk. */
  static Path createUnfinished(Disk disk, Path directory, long sequence) throws IOException {
    final Path room = room(directory);
    Disk.createDirectories(disk, room);
    // Also where it is there: an attempt before may have been killed between the two.
    disk.forceDirectory(directory);
    final Path unfinished = room.resolve(name(sequence) + UNFINISHED);
    disk.createDirectory(unfinished);
    return unfinished;
  }

  /** Gives a snapshot, whole and forced, the name that counts. */
  static Path finish(Disk disk, Path unfinished, Path finished) throws IOException {
    disk.replace(unfinished, finished);
    disk.forceDirectory(finished.getParent());
    return finished;
  }

  /** Gives a finished snapshot, for good, a name by which no start takes it. */
  static Path setAside(Disk disk, Path finished) throws IOException {
    final Path aside = finished.resolveSibling(finished.getFileName() + SET_ASIDE);
    if (Files.exists(aside)) {
      delete(disk, aside);
    }
    disk.replace(finished, aside);
    disk.forceDirectory(aside.getParent());
    return aside;
  }

  /**
   * Deletes a snapshot, finished or not: first its name, for good, so that no half of it ever
   * counts.
   */
  static void delete(Disk disk, Path snapshot) throws IOException {
    Path doomed = snapshot;
    if (FINISHED_NAME.matcher(snapshot.getFileName().toString()).matches()) {
      doomed = snapshot.resolveSibling(snapshot.getFileName() + UNFINISHED);
      disk.replace(snapshot, doomed);
      disk.forceDirectory(doomed.getParent());
    }
    try (Stream<Path> files = Files.list(doomed)) {
      for (Path file : files.toList()) {
        disk.delete(file);
      }
    }
    disk.delete(doomed);
    disk.forceDirectory(doomed.getParent());
  }

  private SnapshotFiles() {}
}
