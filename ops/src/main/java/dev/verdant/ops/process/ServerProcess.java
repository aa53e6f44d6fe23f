package dev.verdant.ops.process;

import dev.verdant.ops.session.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. Safe from any thread. */
public final class ServerProcess implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 60;
  private static final Pattern LISTENING = Pattern.compile("listening on (\\S+):(\\d+),");

  private final Process process;
  private final Consumer<String> log;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Thread reader;

  ServerProcess(Process process, Consumer<String> log) {
    this.process = process;
    this.log = log;
    this.reader = new Thread(this::readLog, "server-log");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * The port that it serves the binary protocol at; waits until it does.
   *
   * @throws CommandFailure with what it said, if it does not start.
   */
  public int port() {
    return await(port);
  }

  /** Waits until it begins to open its data directory, or has ended. */
  public void awaitOpening() {
    await(opening);
  }

  private <T> T await(CompletableFuture<T> event) {
    try {
      return event.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw CommandFailure.failed("the server did not start: " + String.join(" | ", lines), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }

  /** What it has said so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Kills it as a crash would (SIGKILL): it gets no chance to finish anything. */
  public void kill() {
    server().destroyForcibly();
    awaitEnd();
  }

  /** Tells it to stop (SIGTERM), and returns at once. */
  public void terminate() {
    server().destroy();
  }

  /** Tells it to stop (SIGTERM), waits for its end, and returns its exit status. */
  public int stop() {
    terminate();
    return awaitEnd();
  }

  /** Waits for its end, and returns its exit status. */
  public int awaitEnd() {
    int status = process.onExit().join().exitValue();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
    return status;
  }

  /** Its process id, as this process sees it. */
  public long pid() {
    return server().pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The JVM, also where another program runs it. */
  private ProcessHandle server() {
    return process.descendants().reduce((first, second) -> second).orElse(process.toHandle());
  }

  /** Stops it in good order, and by force if it does not stop. */
  @Override
  public void close() {
    terminate();
    process
        .onExit()
        .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS)
        .thenRun(() -> server().destroyForcibly())
        .join();
  }

  private void readLog() {
    IOException failure = new IOException("the server process ended");
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        log.accept(line);
        if (line.contains(" opening ")) {
          opening.complete(null);
        }
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          port.complete(Integer.valueOf(listening.group(2)));
        }
      }
    } catch (IOException e) {
      failure = e;
    }
    opening.complete(null);
    port.completeExceptionally(failure);
  }
}
