package dev.verdant.ops.cli;

import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.verify.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant inspect}. */
@Command(
    name = "inspect",
    description =
        "Prints what is in a data directory, as JSON: one line for each file of the journal and"
            + " each snapshot, one for the whole; or one command by its sequence. Changes nothing.")
public final class InspectCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      converter = Directories.Converter.class,
      description = "The directory.")
  private Path data;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "Prints the command of this sequence instead.")
  private Long sequence;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw CommandFailure.usage("no data directory " + data);
    }
    if (sequence != null && sequence < 1) {
      throw CommandFailure.usage("sequences start at 1, not " + sequence);
    }
    try (JsonLines out = JsonLines.onStandardOutput()) {
      Inspection inspection = new Inspection(data, out);
      if (sequence == null) {
        inspection.writeJournal();
      } else {
        inspection.writeCommand(sequence);
      }
    }
    return 0;
  }
}
