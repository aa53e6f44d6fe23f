package dev.verdant.ops.drill.ground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The snapshots in a data directory, by their names alone. */
public final class StoredSnapshots {
  private static final String ROOM = "snapshots";
  private static final Pattern FINISHED = Pattern.compile("\\d{20}");
  private static final String UNFINISHED = ".unfinished";

  /** Directory of the newest one that was finished. */
  public static Optional<Path> newest(Path data) throws IOException {
    return names(data)
        .filter(name -> FINISHED.matcher(name).matches())
        .max(String::compareTo)
        .map(data.resolve(ROOM)::resolve);
  }

  /** Last sequence that the newest one holds, 0 if there is none. */
  public static long newestSequence(Path data) throws IOException {
    return newest(data).map(path -> Long.parseLong(path.getFileName().toString())).orElse(0L);
  }

  /** Whether one is being written, or was left unfinished. */
  public static boolean isOneUnfinished(Path data) throws IOException {
    return names(data).anyMatch(name -> name.endsWith(UNFINISHED));
  }

  /** The files of one. */
  public static List<Path> files(Path snapshot) throws IOException {
    try (Stream<Path> files = Files.list(snapshot)) {
      return files.sorted().toList();
    }
  }

  private static Stream<String> names(Path data) throws IOException {
    Path room = data.resolve(ROOM);
    if (!Files.isDirectory(room)) {
      return Stream.empty();
    }
    try (Stream<Path> entries = Files.list(room)) {
      return entries.map(entry -> entry.getFileName().toString()).toList().stream();
    }
  }

  private StoredSnapshots() {}
}
