package dev.verdant.ops.cli;

import dev.verdant.client.HandshakeException;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.protocol.ConnectionLostException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What goes wrong, as one line on standard error and an exit status. */
public final class FailureReport {
  /** Runs a command; fails where what it printed could not be written, which no printing tells. */
  public static int execute(ParseResult parsed) {
    int status = new CommandLine.RunLast().execute(parsed);
    if (status == 0 && System.out.checkError()) {
      List<CommandLine> commands = parsed.asCommandLineList();
      return report(
          commands.get(commands.size() - 1),
          "standard output could not be written",
          CommandFailure.FAILED);
    }
    return status;
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
      return report(command, describe(io), CommandFailure.FAILED);
    }
    if (failure instanceof ConnectionLostException || failure instanceof HandshakeException) {
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

  /** A failure of the file system in the words of an operator. */
  public static String describe(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission: " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return "no such file or directory: " + missing.getFile();
    }
    if (failure instanceof NotDirectoryException) {
      return failure.getMessage() + " is no directory";
    }
    if (failure instanceof FileAlreadyExistsException there) {
      // Where a directory was to be made, or anything else.
      return there.getFile()
          + (Files.isDirectory(Path.of(there.getFile()))
              ? " is there already"
              : " is no directory");
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static int report(CommandLine command, String message, int exitStatus) {
    String oneLine = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine);
    command.getErr().flush();
    return exitStatus;
  }

  private FailureReport() {}
}
