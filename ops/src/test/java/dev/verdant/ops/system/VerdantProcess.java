package dev.verdant.ops.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Real processes of the command line, with the JVM flags of the tests. */
final class VerdantProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on 127.0.0.1:(\\d+),");
  private static final int TIMEOUT_SECONDS = 120;

  private final Process process;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private VerdantProcess(Process process) {
    this.process = process;
  }

  /** What a command that has ended left behind. */
  record Outcome(int status, String out, String err) {}

  /** Runs one command to its end. */
  static Outcome run(Path directory, String... args) throws IOException, InterruptedException {
    return run(directory, List.of(), args);
  }

  /** Runs one command to its end, with lines on its standard input. */
  static Outcome run(Path directory, List<String> input, String... args)
      throws IOException, InterruptedException {
    Path in = Files.write(Files.createTempFile(directory, "in", ""), input);
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Process process =
        new ProcessBuilder(command(args))
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(List.of(args) + " did not end: " + Files.readString(err));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Starts a server on free ports, time by the commands. */
  static VerdantProcess serve(Path data) throws IOException {
    Process process =
        new ProcessBuilder(
                command(
                    "serve",
                    "--data",
                    data.toString(),
                    "--listen",
                    "127.0.0.1:0",
                    "--http",
                    "127.0.0.1:0",
                    "--clock",
                    "commands"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    VerdantProcess server = new VerdantProcess(process);
    Thread reader = new Thread(server::readLog, "server-log");
    reader.setDaemon(true);
    reader.start();
    return server;
  }

  /** The port that a server serves the binary protocol at; waits until it does. */
  int port() {
    return port.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  String log() {
    return String.join("\n", log);
  }

  /** Kills it (SIGKILL). */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Tells it to stop (SIGTERM) and returns its exit status. */
  int stop() {
    process.destroy();
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() {
    kill();
  }

  private static List<String> command(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.verdant.ops.Verdant"));
    command.addAll(List.of(args));
    return command;
  }

  private void readLog() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.complete(Integer.valueOf(listening.group(1)));
        }
      }
    } catch (IOException e) {
      log.add(e.toString());
    }
    port.completeExceptionally(new IOException("the server ended: " + log()));
  }
}
