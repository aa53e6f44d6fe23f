package dev.verdant.bench.campaign;

import dev.verdant.bench.load.Expectation;
import dev.verdant.bench.load.JavaProcess;
import dev.verdant.bench.load.LoadFailedException;
import dev.verdant.bench.load.TcpTarget;
import dev.verdant.bench.load.Trade;
import dev.verdant.bench.load.WrongResultException;
import dev.verdant.client.ClientConfig;
import dev.verdant.client.VerdantClient;
import dev.verdant.client.result.SequenceResult;
import dev.verdant.client.result.SnapshotProgressResult;
import dev.verdant.client.result.TakeSnapshotResult;
import dev.verdant.protocol.codec.Durability;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;

/** A server process on an empty data directory of its own, its accounts opened, and the load. */
final class ServerUnderLoad implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path data;
  private final JavaProcess process;
  private final TcpTarget target;
  private final Trade trade;
  private final boolean restsByItself;
  private boolean killed;

  private ServerUnderLoad(
      Path data, JavaProcess process, TcpTarget target, Trade trade, boolean restsByItself) {
    this.data = data;
    this.process = process;
    this.target = target;
    this.trade = trade;
    this.restsByItself = restsByItself;
  }

  /** What is measured beside a server, while it has nothing to do. */
  @FunctionalInterface
  interface Turn<T> {
    /** Measures once. */
    T take() throws IOException;
  }

  static ServerUnderLoad start(Settings settings, String name) throws IOException {
    final Path data = Files.createTempDirectory(settings.workDirectory(), name + "-");
    final JavaProcess process =
        JavaProcess.start(
            command(settings, data), data.resolveSibling(data.getFileName() + ".log"));
    try {
      final TcpTarget target =
          TcpTarget.connect(process.address(), settings.connections(), settings.window());
      final Trade trade = new Trade(target, settings.profile(), settings.requestsADay());
      final double seconds = trade.open() / NANOS_PER_SECOND;
      settings.say(
          "%s: %,d accounts opened in %.1f s", name, trade.population().accounts(), seconds);
      final boolean restsByItself = settings.idle().equals(Settings.BACKOFF);
      return new ServerUnderLoad(data, process, target, trade, restsByItself);
    } catch (IOException | RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  private static List<String> command(Settings settings, Path data) {
    final List<String> command = new ArrayList<>(settings.serverMain());
    final boolean synced = settings.durability() == Durability.SYNCED;
    command.addAll(List.of("--data", data.toString(), "--clock", "commands"));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    command.addAll(List.of("--durability", synced ? "synced" : "written"));
    command.addAll(List.of("--idle", settings.idle()));
    return command;
  }

  /**
   * Lets a limit or a peer have its turn. A server whose idle threads spin or yield would take a
   * core from them, so it is stopped meanwhile, as the peers are between their runs.
   *
   * @throws IOException if the other cannot be measured.
   */
  <T> T aside(Turn<T> other) throws IOException {
    if (restsByItself) {
      return other.take();
    }
    final ProcessTree tree =
        new ProcessTree(
            ProcessHandle.of(process.pid())
                .orElseThrow(() -> new LoadFailedException("the server is gone")));
    tree.stop();
    try {
      return other.take();
    } finally {
      tree.goOn();
    }
  }

  TcpTarget target() {
    return target;
  }

  Trade trade() {
    return trade;
  }

  JavaProcess process() {
    return process;
  }

  Path data() {
    return data;
  }

  /**
   * What the journal has been given so far, by the server's own metrics.
   *
   * @throws LoadFailedException if the server is gone.
   * @throws IOException if its metrics do not tell.
   */
  JournalUse journalUse() throws IOException {
    final List<String> lines = metrics();
    return new JournalUse(
        metric(lines, "verdant_commands_total "),
        metric(lines, "verdant_journaled_batches_total "),
        metric(lines, "verdant_forces_total "));
  }

  private List<String> metrics() throws IOException {
    final InetSocketAddress http = process.httpAddress();
    final URL metrics = new URL("http", http.getHostString(), http.getPort(), "/metrics");
    try (InputStream in = metrics.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new LoadFailedException("the server does not tell its metrics: " + e.getMessage(), e);
    }
  }

  private static double metric(List<String> lines, String name) throws IOException {
    for (final String line : lines) {
      if (line.startsWith(name)) {
        return Double.parseDouble(line.substring(name.length()));
      }
    }
    throw new IOException("the server's metrics lack " + name);
  }

  /**
   * Has the server put a snapshot on disk, and waits for it.
   *
   * @throws LoadFailedException if it could not, or is gone.
   */
  void takeSnapshot() {
    try (VerdantClient client = client(process)) {
      final TakeSnapshotResult begun = answer(client.takeSnapshot());
      SnapshotProgressResult progress = answer(client.snapshotProgress());
      while (!progress.hasEnded(begun)) {
        LockSupport.parkNanos(POLL_NANOS);
        progress = answer(client.snapshotProgress());
      }
      if (!progress.isOnDisk(begun)) {
        throw new LoadFailedException("the server could not write a snapshot: " + progress);
      }
    }
  }

  private static <T> T answer(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw new LoadFailedException("the server did not answer: " + e.getCause().getMessage(), e);
    }
  }

  /**
   * Starts a server on a directory that another left, and checks what it serves; seconds until its
   * first answer, the check excluded.
   *
   * @param expectation what the other had last.
   * @throws WrongResultException naming the first that differs, the sequence answered first of all.
   * @throws IOException if the server does not start.
   */
  static double secondsToFirstAnswer(Settings settings, Path data, Expectation expectation)
      throws IOException {
    final long start = System.nanoTime();
    try (JavaProcess process =
            JavaProcess.start(
                command(settings, data), data.resolveSibling(data.getFileName() + "-again.log"));
        VerdantClient client = client(process)) {
      final SequenceResult first = answer(client.sequence());
      final double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      WrongResultException.require(
          "sequence after the start", expectation.sequence(), first.outcome().sequence());
      try (TcpTarget reopened =
          TcpTarget.connect(process.address(), settings.connections(), settings.window())) {
        expectation.verify(reopened);
      }
      return seconds;
    }
  }

  private static VerdantClient client(JavaProcess process) {
    final InetSocketAddress address = process.address();
    return VerdantClient.connect(
        new ClientConfig().endpoint(address.getHostString(), address.getPort()));
  }

  /** Kills the server and leaves its data where they are. */
  void kill() {
    if (!killed) {
      killed = true;
      target.close();
      trade.close();
      process.kill();
    }
  }

  /** Kills the server, its work being done, and deletes its data. */
  @Override
  public void close() {
    kill();
    IoUtil.delete(data.toFile(), true);
  }
}
