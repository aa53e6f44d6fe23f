package dev.verdant.ops.cli;

import dev.verdant.ops.drill.Drill;
import dev.verdant.ops.drill.DrillOptions;
import dev.verdant.ops.drill.injection.InjectionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code verdant drill}. */
@Command(
    name = "drill",
    description =
        "Drills crash and recovery: starts real servers, drives them, kills and damages them in"
            + " every way it knows, and checks after each that every acknowledged command is there"
            + " once, or that the start is refused and names what is lost. Fails at the first lie,"
            + " and leaves its directory then.")
public final class DrillCommand implements Callable<Integer> {
  private static final int MAX_ROUNDS = 100_000;

  /** What a server promises of a stop under full load. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "40",
      description = "Number of rounds (default ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Makes all choices; the same seed, the same drill (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      converter = Directories.Converter.class,
      description = "A fresh directory, kept; a temporary one, removed after success, else.")
  private Path data;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Takes one JSON object a round, and one of the whole.")
  private Path json;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      converter = KindConverter.class,
      description = "Rounds of one kind only: ${COMPLETION-CANDIDATES}.")
  private InjectionKind only;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || rounds > MAX_ROUNDS) {
      throw new ParameterException(
          spec.commandLine(), "--rounds must be 1.." + MAX_ROUNDS + ", not " + rounds);
    }
    if (data != null) {
      Directories.requireFresh(data);
      Drill.run(options(data), spec.commandLine().getOut());
    } else {
      DrillOptions options = options(Files.createTempDirectory("verdant-drill-"));
      Drill.run(options, spec.commandLine().getOut());
      Directories.delete(options.directory());
    }
    return 0;
  }

  private DrillOptions options(Path directory) {
    return new DrillOptions(
        rounds, seed, Optional.ofNullable(only), directory, Optional.ofNullable(json), STOP_LIMIT);
  }

  /** The kinds as options name them. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(InjectionKind.values()).map(InjectionKind::label).iterator();
    }
  }

  /** Reads a kind. */
  static final class KindConverter implements ITypeConverter<InjectionKind> {
    @Override
    public InjectionKind convert(String text) {
      return Arrays.stream(InjectionKind.values())
          .filter(kind -> kind.label().equals(text))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("there is no injection " + text));
    }
  }
}
