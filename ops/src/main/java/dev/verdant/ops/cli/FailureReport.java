package dev.verdant.ops.cli;

import dev.verdant.client.HandshakeException;
import dev.verdant.journal.JournalDamagedException;
import dev.verdant.journal.disk.DataDirectoryInUseException;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.FileFailures;
import dev.verdant.pipeline.JournalException;
import dev.verdant.protocol.ConnectionLostException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What goes wrong, as one line on standard error and an exit status. */
public final class FailureReport {
  /** Runs a command; fails where what it printed could not be written, which no printing tells. */
  public static int execute(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    CommandLine command = commands.get(commands.size() - 1);
    try {
      int status = new CommandLine.RunLast().execute(parsed);
      return status == 0 && System.out.checkError()
          ? report(command, "standard output could not be written", CommandFailure.FAILED)
          : status;
    } catch (OutOfMemoryError e) {
      // Nothing of the ledger's is lost: its memory is made from what is on disk.
      return report(command, "out of memory: " + e.getMessage(), CommandFailure.FAILED);
    }
  }

  /** A command that was understood and failed. */
  public static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException wrongUsage) {
      return onWrongUsage(wrongUsage, parsed.originalArgs().toArray(new String[0]));
    }
    if (failure instanceof CommandFailure known) {
      return report(command, known.getMessage(), known.exitStatus());
    }
    if (failure instanceof IOException io) {
      return report(command, FileFailures.describe(io), CommandFailure.FAILED);
    }
    if (failure instanceof ConnectionLostException
        || failure instanceof HandshakeException
        || failure instanceof DataDirectoryInUseException
        || failure instanceof JournalDamagedException
        || failure instanceof JournalException) {
      return report(command, failure.getMessage(), CommandFailure.FAILED);
    }
    int status = report(command, "unexpected: " + failure, CommandFailure.FAILED);
    failure.printStackTrace(command.getErr());
    return status;
  }

  /** A command line that cannot be understood. */
  public static int onWrongUsage(ParameterException wrongUsage, String[] args) {
    CommandLine command = wrongUsage.getCommandLine();
    return report(
        command,
        wrongUsage.getMessage() + " (see " + command.getCommandSpec().qualifiedName() + " --help)",
        CommandFailure.USAGE);
  }

  private static int report(CommandLine command, String message, int exitStatus) {
    String oneLine = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine);
    command.getErr().flush();
    return exitStatus;
  }

  private FailureReport() {}
}
