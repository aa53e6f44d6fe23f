package dev.verdant.ops.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command whose parent is one, too, with options and parameters that only it looks at. */
final class Alone {
  private Alone() {}

  /**
   * Requires that nothing stands before a command's name but its parent's: it would be passed over.
   *
   * @throws ParameterException if there is something.
   */
  static void require(CommandSpec command) {
    final ParseResult before = command.parent().commandLine().getParseResult();
    if (!before.matchedArgs().isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          command.name() + " goes alone; before it stands what is of no use to it");
    }
  }
}
