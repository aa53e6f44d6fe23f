package dev.verdant.ops.demo;

import dev.verdant.ops.session.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, with the JVM flags and class path of this one. */
final class ServerProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 30;
  private static final Pattern LISTENING = Pattern.compile("listening on (\\S+):(\\d+),");

  private final Process process;
  private final PrintWriter log;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private ServerProcess(Process process, PrintWriter log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param log takes what the server says.
   */
  static ServerProcess start(Path data, PrintWriter log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.verdant.ops.Verdant", "serve"));
    command.addAll(List.of("--data", data.toString(), "--clock", "commands"));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    ServerProcess server = new ServerProcess(process, log);
    Thread reader = new Thread(server::readLog, "demo-server-log");
    reader.setDaemon(true);
    reader.start();
    server.port();
    return server;
  }

  /** The port that it serves the binary protocol at. */
  int port() {
    try {
      return port.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw CommandFailure.failed("the server did not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }

  /** Kills it as a crash would (SIGKILL): it gets no chance to finish anything. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops it in good order, and by force if it does not stop. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
        .thenRun(process::destroyForcibly)
        .join();
  }

  private void readLog() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.println("  server: " + line);
        log.flush();
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.complete(Integer.valueOf(listening.group(2)));
        }
      }
      port.completeExceptionally(new IOException("the server process ended"));
    } catch (IOException e) {
      port.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
