package dev.verdant.bench.peers.postgres;

import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

/**
 * Orders in PostgreSQL.
 *
 * <p>Arguments: members, least milliseconds of a run, directory. Says a line when the accounts are
 * there. Each line on standard input names a run, answered with orders a second: {@code call} or
 * {@code batch}, then {@code on} or {@code off} for the synchronous commit. After each run the
 * books must sum to zero and to the orders' amounts.
 */
public final class PostgresPeer implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int BATCH = 500;
  private static final int DAY = 200_000;
  private static final Duration STARTUP = Duration.ofMinutes(2);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final List<Connection> connections = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final OrderReader reader;
  private final long leastNanos;
  private long amountSum;
  private long orderCount;

  private PostgresPeer(EmbeddedPostgres postgres, OrderReader reader, long leastNanos)
      throws SQLException {
    this.reader = reader;
    this.leastNanos = leastNanos;
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(postgres.getPostgresDatabase().getConnection());
    }
  }

  /** Serves runs until standard input ends. */
  public static void main(String[] args) throws Exception {
    final Profile profile = Profile.skewed(Integer.parseInt(args[0]));
    final Population population = new Population(profile);
    final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    final BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (EmbeddedPostgres postgres = start(Path.of(args[2]));
        TradingDay day = new TradingDay(population, DAY);
        PostgresPeer peer =
            new PostgresPeer(
                postgres, new OrderReader(day), Long.parseLong(args[1]) * NANOS_PER_MILLI)) {
      peer.setUp(population);
      answers.println("ready " + serverPid(Path.of(args[2])));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        final String[] words = line.split(" ", 2);
        answers.println(peer.run(words[0].equals("batch"), words[1].equals("on")));
      }
    }
  }

  private static EmbeddedPostgres start(Path directory) throws IOException {
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

  private void setUp(Population population) throws SQLException, IOException {
    final Profile profile = population.profile();
    try (Statement statement = connections.get(0).createStatement();
        InputStream script = PostgresPeer.class.getResourceAsStream("ledger.sql")) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute(
          "INSERT INTO account (id, kind, rate, referrer) SELECT "
              + population.member(0)
              + " + n, 1, 0, CASE WHEN n % 5 = 4 THEN "
              + population.member(0)
              + " + n / 2 END FROM generate_series(0, "
              + (profile.members() - 1)
              + ") n");
      statement.execute(
          "INSERT INTO account (id, kind, rate, marketer, district, provincial) SELECT "
              + population.merchant(0)
              + " + n, 2, 300 + n % 18 * 100, 1000 + n % 1000, 2000 + n % 300, 2300 + n % 31"
              + " FROM generate_series(0, "
              + (profile.merchants() - 1)
              + ") n");
      statement.execute(
          "INSERT INTO agent SELECT n, s FROM generate_series(1000, 2330) n,"
              + " generate_series(0, "
              + (CONNECTIONS - 1)
              + ") s");
      statement.execute(
          "INSERT INTO book SELECT s, unnest(ARRAY['CLEARING', 'PAYABLE', 'RESERVE', 'COMMISSION',"
              + " 'FUND', 'REVENUE']) FROM generate_series(0, "
              + (CONNECTIONS - 1)
              + ") s");
      statement.execute("VACUUM ANALYZE");
      statement.execute("CHECKPOINT");
    }
  }

  private double run(boolean batch, boolean synchronousCommit)
      throws SQLException, InterruptedException, ExecutionException {
    final List<Callable<long[]>> tasks = new ArrayList<>();
    final long start = System.nanoTime();
    for (int shard = 0; shard < CONNECTIONS; shard++) {
      final int number = shard;
      final Connection connection = connections.get(shard);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = " + (synchronousCommit ? "on" : "off"));
      }
      tasks.add(
          () -> batch ? batches(connection, number, start) : calls(connection, number, start));
    }
    long orders = 0;
    for (final Future<long[]> task : threads.invokeAll(tasks)) {
      orders += task.get()[0];
      amountSum += task.get()[1];
    }
    final double rate = orders * NANOS_PER_SECOND / (System.nanoTime() - start);
    orderCount += orders;
    verify();
    return rate;
  }

  private long[] calls(Connection connection, int shard, long start) throws SQLException {
    final long[] done = new long[2];
    try (PreparedStatement call = connection.prepareStatement("SELECT place(?, ?, ?, ?, ?)")) {
      while (System.nanoTime() - start < leastNanos) {
        final OrderReader.Orders orders = reader.take(BATCH);
        for (int i = 0; i < BATCH && System.nanoTime() - start < leastNanos; i++) {
          call.setInt(1, shard);
          call.setLong(2, orders.ids[i]);
          call.setLong(3, orders.buyers[i]);
          call.setLong(4, orders.merchants[i]);
          call.setLong(5, orders.amounts[i]);
          try (ResultSet result = call.executeQuery()) {
            if (!result.next() || !result.getBoolean(1)) {
              throw new SQLException("order " + orders.ids[i] + " was refused");
            }
          }
          done[0]++;
          done[1] += orders.amounts[i];
        }
      }
    }
    return done;
  }

  private long[] batches(Connection connection, int shard, long start) throws SQLException {
    final long[] done = new long[2];
    try (PreparedStatement call = connection.prepareStatement("SELECT place_all(?, ?, ?, ?, ?)")) {
      while (System.nanoTime() - start < leastNanos) {
        final OrderReader.Orders orders = reader.take(BATCH);
        if (placeAll(connection, call, shard, orders) != BATCH) {
          throw new SQLException("a batch was not placed whole");
        }
        done[0] += BATCH;
        done[1] += orders.amountSum();
      }
    }
    return done;
  }

  /** Two batches may touch the same rows in another order: the one that is told so tries again. */
  private static long placeAll(
      Connection connection, PreparedStatement call, int shard, OrderReader.Orders orders)
      throws SQLException {
    call.setInt(1, shard);
    call.setArray(2, connection.createArrayOf("bigint", orders.ids));
    call.setArray(3, connection.createArrayOf("bigint", orders.buyers));
    call.setArray(4, connection.createArrayOf("bigint", orders.merchants));
    call.setArray(5, connection.createArrayOf("bigint", orders.amounts));
    while (true) {
      try (ResultSet result = call.executeQuery()) {
        result.next();
        return result.getLong(1);
      } catch (SQLException e) {
        if (!"40P01".equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  /** Lets the threads go, which would keep the process. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private void verify() throws SQLException {
    try (Statement statement = connections.get(0).createStatement();
        ResultSet books =
            statement.executeQuery(
                "SELECT sum(amount), sum(amount) FILTER (WHERE name = 'CLEARING'),"
                    + " (SELECT count(*) FROM placed) FROM book")) {
      books.next();
      if (books.getLong(1) != 0
          || books.getLong(2) != amountSum
          || books.getLong(3) != orderCount) {
        throw new SQLException(
            "books sum to "
                + books.getLong(1)
                + ", clearing to "
                + books.getLong(2)
                + " instead of "
                + amountSum
                + ", orders to "
                + books.getLong(3)
                + " instead of "
                + orderCount);
      }
    }
  }
}
