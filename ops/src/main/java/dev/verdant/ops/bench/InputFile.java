package dev.verdant.ops.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A report that a command compares with. */
final class InputFile {
  /**
   * Requires that there is such a file.
   *
   * @throws ParameterException if there is not.
   */
  static void require(CommandSpec command, Path file) {
    if (Files.notExists(file)) {
      throw new ParameterException(command.commandLine(), "no such file: " + file);
    }
  }

  private InputFile() {}
}
