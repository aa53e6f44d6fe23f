package dev.verdant.ops.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the processes of a measurement have said last, for whoever looks for what went wrong. */
final class LogTail {
  private static final int LINES = 5;

  private LogTail() {}

  /** The last lines of each log in a directory, its name before each. */
  static List<String> of(Path directory) throws IOException {
    final List<String> tail = new ArrayList<>();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*.log")) {
      for (final Path log : logs) {
        final List<String> lines =
            new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
        lines
            .subList(Math.max(0, lines.size() - LINES), lines.size())
            .forEach(line -> tail.add(log.getFileName() + ": " + line));
      }
    }
    return tail;
  }
}
