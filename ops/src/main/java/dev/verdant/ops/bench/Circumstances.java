package dev.verdant.ops.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** When, where, how and on what version a figure was taken. */
final class Circumstances {
  private static final int GIT_SECONDS = 10;

  private Circumstances() {}

  static List<String> lines(String program, List<String> arguments) {
    return List.of(
        "date " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + ", commit " + commit(),
        "machine "
            + processor()
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors, "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", JDK "
            + System.getProperty("java.runtime.version"),
        "command " + program + " " + String.join(" ", arguments));
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse("of unknown model");
    } catch (IOException e) {
      return "of unknown model";
    }
  }

  private static String commit() {
    final String root = System.getProperty("verdant.root", ".");
    try {
      final Process git =
          new ProcessBuilder("git", "-C", root, "describe", "--always", "--dirty", "--abbrev=12")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      final String said =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
