package dev.verdant.ops.cli;

import dev.verdant.journal.DataDirectory;
import dev.verdant.ops.session.CommandFailure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Directories that commands are given to work in. */
final class Directories {
  /** Reads a directory from the command line: the current one must be meant, as {@code .} says. */
  static final class Converter implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.isEmpty()) {
        throw new TypeConversionException("it is empty");
      }
      return Path.of(text);
    }
  }

  /**
   * Requires that there is a data directory, whatever is in it.
   *
   * @throws CommandFailure if there is none.
   */
  static void requireThere(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw CommandFailure.usage("no data directory " + directory);
    }
  }

  /**
   * Requires that there is a ledger in a directory, damaged or not.
   *
   * @throws CommandFailure if there is none.
   */
  static void requireLedger(Path directory) {
    requireThere(directory);
    if (!DataDirectory.isThere(directory)) {
      throw CommandFailure.usage(
          "no ledger in " + directory + ": neither acknowledged nor journal nor snapshots");
    }
  }

  /**
   * Requires that a directory is empty or not there yet.
   *
   * @throws CommandFailure if it is neither.
   */
  static void requireFresh(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw CommandFailure.usage(directory + " is not empty; a fresh directory is needed");
      }
    }
  }

  /** Whether a path is that of a directory or leads into it; it need not be there. */
  static boolean isWithin(Path directory, Path path) throws IOException {
    Path existing = path.toAbsolutePath();
    while (Files.notExists(existing)) {
      existing = existing.getParent();
    }
    return existing.toRealPath().startsWith(directory.toRealPath());
  }

  /** Deletes a directory with all that is in it. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private Directories() {}
}
