package dev.verdant.journal.snapshot;

import dev.verdant.ledger.StatePart;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  static Path unfinishedPath(Path directory, long sequence) {
    return room(directory).resolve(name(sequence) + UNFINISHED);
  }

  private static String name(long sequence) {
    return String.format("%020d", sequence);
  }

  /** The sequence that a finished snapshot is named by. */
  static long sequence(Path snapshot) {
    return Long.parseLong(snapshot.getFileName().toString());
  }

  static Path part(Path snapshot, StatePart part) {
    return snapshot.resolve(part.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Deletes a snapshot, finished or not: first its name, so that no half of it ever counts. */
  static void delete(Path snapshot) throws IOException {
    Path doomed = snapshot;
    if (FINISHED_NAME.matcher(snapshot.getFileName().toString()).matches()) {
      doomed = snapshot.resolveSibling(snapshot.getFileName() + UNFINISHED);
      Files.move(snapshot, doomed);
    }
    try (Stream<Path> files = Files.list(doomed)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(doomed);
    force(doomed.getParent());
  }

  /** Makes a file's content, or a directory's entries, survive loss of power. */
  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private SnapshotFiles() {}
}
