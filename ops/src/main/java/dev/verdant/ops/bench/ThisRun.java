package dev.verdant.ops.bench;

import dev.verdant.bench.report.Circumstances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The circumstances of what this process measures. */
final class ThisRun {
  private static final long GIT_MILLIS = TimeUnit.SECONDS.toMillis(10);

  /** Options that say where results go, and nothing of how they are taken. */
  private static final Set<String> PLACES = Set.of("--json", "--html", "--baseline", "--work");

  /** Of an option without a default. */
  private static final String NOT_GIVEN = "";

  private ThisRun() {}

  /**
   * As of now, with the options that a command was given or has by default.
   *
   * @param instead values of options, by name, that are taken instead.
   */
  static Circumstances circumstances(CommandSpec command, Map<String, String> instead) {
    final Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Circumstances.DATE, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put(Circumstances.COMMIT, commit());
    facts.put(Circumstances.COMMAND, commandLine(command.root()));
    facts.put(Circumstances.CPU, processor());
    facts.put(
        Circumstances.PROCESSORS, Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put(
        Circumstances.SYSTEM,
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put(Circumstances.JDK, System.getProperty("java.runtime.version"));
    for (final OptionSpec option : command.options()) {
      final String name = option.longestName();
      final String value =
          instead.getOrDefault(name, Objects.toString(option.getValue(), NOT_GIVEN));
      if (!option.usageHelp()
          && !option.versionHelp()
          && !PLACES.contains(name)
          && !value.equals(NOT_GIVEN)) {
        facts.put(name.substring("--".length()), value);
      }
    }
    return new Circumstances(facts);
  }

  private static String commandLine(CommandSpec root) {
    final List<String> arguments = root.commandLine().getParseResult().originalArgs();
    return root.name() + " " + String.join(" ", arguments);
  }

  /** The model's name is the same for generations of virtual processors; its numbers are not. */
  private static String processor() {
    try {
      final List<String> info = Files.readAllLines(Path.of("/proc/cpuinfo"));
      return entry(info, "model name")
          + ", family "
          + entry(info, "cpu family")
          + " model "
          + entry(info, "model");
    } catch (IOException e) {
      return "of unknown model";
    }
  }

  private static String entry(List<String> info, String name) {
    return info.stream()
        .filter(line -> line.matches(name + "\\s*:.*"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  /** The launcher builds what the sources are, so their commit is that of what runs. */
  private static String commit() {
    final String root = System.getProperty("verdant.root", ".");
    return said(
            List.of("git", "-C", root, "describe", "--always", "--dirty", "--abbrev=12"),
            GIT_MILLIS)
        .orElse("unknown");
  }

  /**
   * What a program says, in a few words at the most; empty where it fails, or does not end in time.
   */
  static Optional<String> said(List<String> command, long mostMillis) {
    try {
      final Process program =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        // Before anything is read, which would wait for the end as well.
        if (!program.waitFor(mostMillis, TimeUnit.MILLISECONDS) || program.exitValue() != 0) {
          return Optional.empty();
        }
        return Optional.of(
            new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
      } finally {
        program.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
