package dev.verdant.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The file that {@code --results} names: it is emptied before anything is read. */
final class ResultsFile {
  private ResultsFile() {}

  /**
   * Requires it to be none of what is read, by whatever path.
   *
   * @param results null where there is none.
   * @param inputs that exist.
   */
  static void requireOther(CommandSpec spec, Path results, List<Path> inputs) throws IOException {
    if (results == null || Files.notExists(results)) {
      return;
    }
    for (Path input : inputs) {
      if (Files.isSameFile(results, input)) {
        throw new ParameterException(
            spec.commandLine(), "--results would overwrite what is read: " + results);
      }
    }
  }
}
