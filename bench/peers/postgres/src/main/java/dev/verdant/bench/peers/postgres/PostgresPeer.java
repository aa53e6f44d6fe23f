package dev.verdant.bench.peers.postgres;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Orders in PostgreSQL.
 *
 * <p>Arguments: members, directory. Says a line when the accounts are there. Each line on standard
 * input names a run: {@code call} or {@code batch}, then {@code on} or {@code off} for the
 * synchronous commit, connections (1 to 4), least milliseconds. It is answered with orders a
 * second, or with {@code wrong} and what is wrong where the tables do not show afterwards what the
 * orders must have made of them.
 */
public final class PostgresPeer implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 4;
  private static final int DAY = 200_000;
  private static final Duration STARTUP = Duration.ofMinutes(2);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Connection checks;
  private final List<Placement> placements = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(MOST_CONNECTIONS);
  private final OrderReader reader;
  private final ExpectedTables expected;

  private PostgresPeer(EmbeddedPostgres postgres, Population population, OrderReader reader)
      throws SQLException, IOException {
    this.reader = reader;
    this.expected = new ExpectedTables(population);
    this.checks = postgres.getPostgresDatabase().getConnection();
    Tables.create(checks, population, MOST_CONNECTIONS);
    try (Statement statement = checks.createStatement()) {
      statement.execute("VACUUM ANALYZE");
      statement.execute("CHECKPOINT");
    }
    for (int shard = 0; shard < MOST_CONNECTIONS; shard++) {
      placements.add(new Placement(postgres.getPostgresDatabase().getConnection(), shard));
    }
  }

  /** How a run is to be made. */
  private record Run(boolean batch, boolean synced, int connections, long leastNanos) {
    private static Run of(String line) {
      final String[] words = line.split(" ", 4);
      return new Run(
          words[0].equals("batch"),
          words[1].equals("on"),
          Integer.parseInt(words[2]),
          Long.parseLong(words[3]) * NANOS_PER_MILLI);
    }
  }

  /** Serves runs until standard input ends. */
  public static void main(String[] args) throws Exception {
    final Population population = new Population(Profile.skewed(Integer.parseInt(args[0])));
    final Path directory = Path.of(args[1]);
    final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    final BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (EmbeddedPostgres postgres = start(directory);
        TradingDay day = new TradingDay(population, DAY);
        PostgresPeer peer = new PostgresPeer(postgres, population, new OrderReader(day))) {
      answers.println("ready " + serverPid(directory));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.println(peer.answer(Run.of(line)));
      }
    }
  }

  /** A server with the settings of a careful user, its data in an empty directory. */
  static EmbeddedPostgres start(Path directory) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setCleanDataDirectory(true)
        .setPGStartupWait(STARTUP)
        .setServerConfig("shared_buffers", "2GB")
        .setServerConfig("wal_buffers", "64MB")
        .setServerConfig("max_wal_size", "16GB")
        .setServerConfig("checkpoint_timeout", "15min")
        .setServerConfig("wal_compression", "on")
        .setServerConfig("autovacuum_naptime", "10s")
        .setServerConfig("jit", "off")
        .setServerConfig("fsync", "on")
        .start();
  }

  /** Process of the server, whose children do its work. */
  private static String serverPid(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
  }

  private String answer(Run run) throws SQLException, InterruptedException, ExecutionException {
    try {
      return Double.toString(run(run));
    } catch (WrongResultException e) {
      return "wrong " + e.getMessage();
    }
  }

  /** Returns orders a second; what was placed is noted, and the tables checked, afterwards. */
  private double run(Run run) throws SQLException, InterruptedException, ExecutionException {
    final List<Placement> taking = placements.subList(0, run.connections());
    for (final Placement placement : taking) {
      placement.synchronousCommit(run.synced());
    }
    reader.renew();
    final long start = System.nanoTime();
    final BooleanSupplier more = () -> System.nanoTime() - start < run.leastNanos();
    final List<Callable<List<Orders>>> tasks = new ArrayList<>();
    for (final Placement placement : taking) {
      tasks.add(
          () -> run.batch() ? placement.batches(reader, more) : placement.calls(reader, more));
    }
    final List<Orders> placed = new ArrayList<>();
    for (final Future<List<Orders>> task : threads.invokeAll(tasks)) {
      placed.addAll(task.get());
    }
    final long nanos = System.nanoTime() - start;
    placed.forEach(expected::add);
    expected.verify(checks);
    return placed.stream().mapToLong(Orders::count).sum() * NANOS_PER_SECOND / nanos;
  }

  /** Closes the connections, and lets the threads go, which would keep the process. */
  @Override
  public void close() throws SQLException {
    threads.shutdown();
    for (final Placement placement : placements) {
      placement.close();
    }
    checks.close();
  }
}
