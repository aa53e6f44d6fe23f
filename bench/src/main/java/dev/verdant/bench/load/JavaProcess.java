package dev.verdant.bench.load;

import dev.verdant.bench.process.AtExit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, with the JVM flags and class path of this one, listening at a
 * free port of this machine. It does not outlive this one, if that is told to end.
 */
public final class JavaProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening on \\S+:(\\d+)(?:, http on \\S+:(\\d+))?");
  private static final int START_SECONDS = 300;
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final CompletableFuture<Matcher> listening = new CompletableFuture<>();

  private JavaProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a main class and waits until it says {@code listening on HOST:PORT} on standard error,
   * and {@code , http on HOST:PORT} behind it where it has that.
   *
   * @param mainAndArguments class name first.
   * @param log takes what it says.
   * @throws IOException if it does not start.
   */
  public static JavaProcess start(List<String> mainAndArguments, Path log) throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(mainAndArguments);
    final ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    final JavaProcess server = new JavaProcess(AtExit.begin(builder::start, JavaProcess::kill));
    final Thread reader = new Thread(() -> server.readLog(log), "bench-server-log");
    reader.setDaemon(true);
    reader.start();
    server.awaitListening(log);
    return server;
  }

  private void awaitListening(Path log) throws IOException {
    try {
      listening.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      kill();
      throw new IOException("the server did not start, see " + log.getFileName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new IOException("interrupted", e);
    }
  }

  private void readLog(Path log) {
    try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(line);
        final Matcher said = LISTENING.matcher(line);
        if (said.find()) {
          listening.complete(said);
        }
      }
      listening.completeExceptionally(new IOException("the process ended"));
    } catch (IOException e) {
      listening.completeExceptionally(e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address(1);
  }

  /** Where operators look at it over HTTP; for one that has said so. */
  public InetSocketAddress httpAddress() {
    return address(2);
  }

  private InetSocketAddress address(int group) {
    final int port = Integer.parseInt(listening.join().group(group));
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Kills it as a crash would. */
  public void kill() {
    kill(process);
    AtExit.forget(process);
  }

  private static void kill(Process process) {
    process.destroyForcibly().onExit().join();
  }

  /** Stops it in good order, and by force if it does not stop. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS).join();
    kill();
  }
}
