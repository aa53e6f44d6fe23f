package dev.verdant.ops.system;

import dev.verdant.ops.process.JavaCommand;
import dev.verdant.ops.process.ServerLaunch;
import dev.verdant.ops.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real processes of the command line, with the JVM flags of the tests. */
final class VerdantProcess {
  private static final int TIMEOUT_SECONDS = 120;

  /** What a command that has ended left behind. */
  record Outcome(int status, String out, String err) {}

  /** Runs one command to its end. */
  static Outcome run(Path directory, String... args) throws IOException, InterruptedException {
    return run(directory, List.of(), args);
  }

  /** Runs one command to its end, with lines on its standard input. */
  static Outcome run(Path directory, List<String> input, String... args)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", "");
    Outcome outcome = run(directory, input, out, args);
    return new Outcome(outcome.status, Files.readString(out), outcome.err);
  }

  /** Runs one command to its end, with a standard output that takes nothing. */
  static Outcome runWithFullOutput(Path directory, String... args)
      throws IOException, InterruptedException {
    return run(directory, List.of(), Path.of("/dev/full"), args);
  }

  private static Outcome run(Path directory, List<String> input, Path out, String... args)
      throws IOException, InterruptedException {
    Path in = Files.write(Files.createTempFile(directory, "in", ""), input);
    Path err = Files.createTempFile(directory, "err", "");
    Process process =
        new ProcessBuilder(JavaCommand.verdant(JavaCommand.SHORT_LIVED, List.of(args)))
            .directory(directory.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(List.of(args) + " did not end: " + Files.readString(err));
    }
    return new Outcome(process.exitValue(), "", Files.readString(err));
  }

  /** Starts a server on free ports, time by the commands, with further options. */
  static ServerProcess serve(Path data, String... options) throws IOException {
    return new ServerLaunch(data)
        .jvmFlags(JavaCommand.SHORT_LIVED)
        .options(List.of("--clock", "commands"))
        .options(List.of(options))
        .start();
  }

  /** The command of a server at ports that are told, otherwise as an operator's. */
  static List<String> serveCommand(Path data, int port, int httpPort) {
    return JavaCommand.verdant(
        JavaCommand.SHORT_LIVED,
        List.of(
            "serve",
            "--data",
            data.toString(),
            "--listen",
            "127.0.0.1:" + port,
            "--http",
            "127.0.0.1:" + httpPort));
  }

  private VerdantProcess() {}
}
