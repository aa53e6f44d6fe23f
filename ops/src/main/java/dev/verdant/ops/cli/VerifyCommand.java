package dev.verdant.ops.cli;

import dev.verdant.ops.verify.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verdant verify}. */
@Command(
    name = "verify",
    description =
        "Checks a data directory offline: every checksum of journal and snapshots, the sequence"
            + " without gaps, each snapshot against a replay, the books. Prints what it checked; exits with 1 and names the first bad"
            + " record otherwise. Changes nothing.")
public final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      converter = Directories.Converter.class,
      description = "The directory.")
  private Path data;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    // What is not there cannot be called whole.
    Directories.requireLedger(data);
    Verification.run(data, spec.commandLine().getOut());
    return 0;
  }
}
