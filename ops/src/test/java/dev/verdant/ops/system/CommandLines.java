package dev.verdant.ops.system;

import dev.verdant.ops.Verdant;
import dev.verdant.ops.process.JavaCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process that runs one command line after the other, for those that end before they begin to
 * work: all of a command but the start of its JVM and the exit with its status.
 */
final class CommandLines implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 120;
  private static final String BETWEEN_WORDS = "\t";
  private static final String STATUS = "= ";

  private final Path out;
  private final Process process;
  private final PrintStream commands;
  private final BufferedReader err;

  CommandLines(Path directory) throws IOException {
    out = Files.createTempFile(directory, "out", "");
    process =
        new ProcessBuilder(command())
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .start();
    commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  private static List<String> command() {
    List<String> words = new ArrayList<>(JavaCommand.verdant(JavaCommand.SHORT_LIVED, List.of()));
    String testClasses =
        CommandLines.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    int classPath = words.indexOf("-cp") + 1;
    words.set(classPath, words.get(classPath) + File.pathSeparator + testClasses);
    words.set(words.size() - 1, CommandLines.class.getName());
    return words;
  }

  /** Runs one command; its standard output is all that there has been so far. */
  VerdantProcess.Outcome run(String... words) throws Exception {
    commands.println(String.join(BETWEEN_WORDS, words));
    List<String> lines = new ArrayList<>();
    try {
      int status =
          CompletableFuture.supplyAsync(() -> readToStatus(lines))
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new VerdantProcess.Outcome(status, Files.readString(out), String.join("\n", lines));
    } catch (TimeoutException e) {
      close();
      throw new IOException(List.of(words) + " did not end: " + lines, e);
    }
  }

  private int readToStatus(List<String> lines) {
    try {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        if (line.startsWith(STATUS)) {
          return Integer.parseInt(line.substring(STATUS.length()));
        }
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the process has ended: " + lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Takes words of commands from standard input, a command a line. */
  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int status = Verdant.run(line.isEmpty() ? new String[0] : line.split(BETWEEN_WORDS, -1));
      System.err.println(STATUS + status);
    }
  }
}
