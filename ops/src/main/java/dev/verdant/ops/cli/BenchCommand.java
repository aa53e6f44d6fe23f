package dev.verdant.ops.cli;

import dev.verdant.bench.piece.Benchmarks;
import dev.verdant.ops.bench.CompareCommand;
import dev.verdant.ops.bench.DiffCommand;
import dev.verdant.ops.bench.GarbageCommand;
import dev.verdant.ops.bench.GrowthCommand;
import dev.verdant.ops.bench.LatencyCommand;
import dev.verdant.ops.bench.MemoryCommand;
import dev.verdant.ops.bench.RecoveryCommand;
import dev.verdant.ops.bench.SnapshotCommand;
import dev.verdant.ops.bench.ThroughputCommand;
import dev.verdant.ops.session.CommandFailure;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verdant bench}. */
@Command(
    name = "bench",
    description =
        "Runs benchmarks, those of single pieces each in a JVM of its own, and prints their"
            + " figures. Leave the machine to them meanwhile.",
    subcommands = {
      ThroughputCommand.class,
      LatencyCommand.class,
      RecoveryCommand.class,
      SnapshotCommand.class,
      MemoryCommand.class,
      GarbageCommand.class,
      GrowthCommand.class,
      CompareCommand.class,
      DiffCommand.class
    })
public final class BenchCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the figures go as JSON as well (the format of JMH).")
  private Path json;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "What to measure: ${COMPLETION-CANDIDATES}.")
  private List<String> names = List.of();

  @Spec private CommandSpec spec;

  /** The names of the benchmarks, for the help text. */
  private static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Benchmarks.names().iterator();
    }
  }

  @Override
  public Integer call() {
    Set<String> known = Benchmarks.names();
    if (names.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "say what to measure");
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "no benchmark " + name + ", there are " + known);
      }
    }
    try {
      Benchmarks.run(names, json);
    } catch (RunnerException e) {
      throw CommandFailure.failed("a benchmark failed: " + e.getMessage(), e);
    }
    return 0;
  }
}
