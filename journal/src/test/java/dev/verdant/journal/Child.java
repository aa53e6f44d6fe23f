package dev.verdant.journal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts real second processes with the flags and class path of this one. */
final class Child {
  /** Runs a command as process 1 of a namespace of its own; the command dies with this one. */
  private static final List<String> AS_PID_ONE =
      List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

  static Process start(Class<?> main, Object... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /** Starts a process that sees itself as process 1, as the first one of a container does. */
  static Process startAsPidOne(Class<?> main, Object... arguments) throws IOException {
    return start(AS_PID_ONE, main, arguments);
  }

  /** Whether this machine lets this user make namespaces. */
  static boolean canStartAsPidOne() throws InterruptedException {
    final List<String> command = new ArrayList<>(AS_PID_ONE);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private static Process start(List<String> prefix, Class<?> main, Object... arguments)
      throws IOException {
    final List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith("-Xmx") && !flag.startsWith("-agentlib")) {
        command.add(flag);
      }
    }
    command.add("-Xmx64m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    // Processes of several namespaces would share the file of the one pid in /tmp.
    command.add("-XX:-UsePerfData");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command)
        .redirectError(new File("target/" + main.getSimpleName() + ".err"))
        .start();
  }

  /**
   * Kills a process that prints sequences, one a line, after it has printed some, and waits for its
   * end.
   *
   * @return the last sequence printed, 0 if there was none.
   */
  static long killAfter(int lines, Process process) throws IOException, InterruptedException {
    long last = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int left = lines;
      String line = reader.readLine();
      while (line != null) {
        last = Long.parseLong(line);
        if (--left == 0) {
          process.toHandle().destroyForcibly();
        }
        line = reader.readLine();
      }
    }
    process.waitFor();
    return last;
  }

  private Child() {}
}
