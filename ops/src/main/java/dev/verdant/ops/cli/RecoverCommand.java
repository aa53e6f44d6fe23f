package dev.verdant.ops.cli;

import dev.verdant.journal.append.JournalOptions;
import dev.verdant.journal.recovery.Rebuild;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verdant recover}. */
@Command(
    name = "recover",
    description =
        "Makes a new data directory of what is good in a damaged one, up to the last good command"
            + " or the one asked for, and prints as JSON where it ends and why. What came after is"
            + " lost in the new directory; the damaged one is never changed.")
public final class RecoverCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      converter = Directories.Converter.class,
      description = "The damaged one.")
  private Path data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NEWDIR",
      converter = Directories.Converter.class,
      description = "The new one, outside the damaged one; must not be there, or be empty.")
  private Path to;

  @Option(
      names = "--up-to",
      paramLabel = "SEQUENCE",
      description = "The last command wanted (default: the last that is good).")
  private Long upTo;

  @Override
  public Integer call() throws IOException {
    Directories.requireThere(data);
    if (upTo != null && upTo < 1) {
      throw CommandFailure.usage("sequences start at 1, not " + upTo);
    }
    if (Directories.isWithin(data, to)) {
      throw CommandFailure.usage(to + " lies in " + data + ", which is never changed");
    }
    try (JsonLines out = JsonLines.onStandardOutput()) {
      Rebuild done =
          Rebuild.run(
              data, upTo == null ? Rebuild.LAST_GOOD : upTo, to, new JournalOptions().conclude());
      out.begin().number("sequence", done.sequence());
      if (done.fault().isPresent()) {
        out.text("fault", done.fault().get().toString());
      }
      out.end();
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(e.getMessage() + " is there and holds something");
    }
    return 0;
  }
}
