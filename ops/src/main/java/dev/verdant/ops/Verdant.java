package dev.verdant.ops;

import dev.verdant.ops.cli.AccountsCommand;
import dev.verdant.ops.cli.ApplyCommand;
import dev.verdant.ops.cli.BalanceCommand;
import dev.verdant.ops.cli.BenchCommand;
import dev.verdant.ops.cli.DemoCommand;
import dev.verdant.ops.cli.DigestCommand;
import dev.verdant.ops.cli.DrillCommand;
import dev.verdant.ops.cli.FailureReport;
import dev.verdant.ops.cli.ImportCommand;
import dev.verdant.ops.cli.InspectCommand;
import dev.verdant.ops.cli.OrderCommand;
import dev.verdant.ops.cli.PoolsCommand;
import dev.verdant.ops.cli.RecoverCommand;
import dev.verdant.ops.cli.ServeCommand;
import dev.verdant.ops.cli.SnapshotCommand;
import dev.verdant.ops.cli.VerifyCommand;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The one program. Exit status 0 for success, 1 for a failed check or work that could not be done,
 * 2 for wrong usage; messages on standard error, results on standard output.
 */
@Command(
    name = "verdant",
    description = "An in-memory ledger engine for green points with release.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "verdant 1.0.0")
public final class Verdant implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          ServeCommand.class,
          ApplyCommand.class,
          AccountsCommand.class,
          PoolsCommand.class,
          BalanceCommand.class,
          OrderCommand.class,
          DigestCommand.class,
          ImportCommand.class,
          SnapshotCommand.class,
          RecoverCommand.class,
          VerifyCommand.class,
          InspectCommand.class,
          DrillCommand.class,
          BenchCommand.class);

  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command and returns its exit status. */
  public static int run(String... args) {
    return commandLine(args)
        .setExecutionStrategy(FailureReport::execute)
        .setExecutionExceptionHandler(FailureReport::onFailure)
        .setParameterExceptionHandler(FailureReport::onWrongUsage)
        .execute(args);
  }

  /** With the command named first only, where there is one: to read about all takes long. */
  private static CommandLine commandLine(String... args) {
    CommandLine verdant = new CommandLine(new Verdant());
    List<Class<?>> named =
        COMMANDS.stream().filter(type -> args.length > 0 && args[0].equals(nameOf(type))).toList();
    (named.isEmpty() ? COMMANDS : named).forEach(verdant::addSubcommand);
    return verdant;
  }

  private static String nameOf(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
