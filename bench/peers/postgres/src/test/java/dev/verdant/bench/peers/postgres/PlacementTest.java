package dev.verdant.bench.peers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Profile;
import dev.verdant.bench.workload.TradingDay;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms on a real server, each in a schema of its own, with the same orders. */
class PlacementTest {
  private static final int MEMBERS = 1_200;
  private static final int BATCHES = 3;
  private static final int BATCH = 500;
  private static final int SHARD = 1;

  @TempDir private static Path directory;
  private static EmbeddedPostgres postgres;
  private static Connection calls;
  private static Connection batches;
  private static List<Orders> orders;

  private static final Population POPULATION = new Population(Profile.skewed(MEMBERS));

  @BeforeAll
  static void placeByBothForms() throws Exception {
    postgres = PostgresPeer.start(directory.resolve("data"));
    calls = connectionTo("calls");
    batches = connectionTo("batches");
    orders = place(calls, (placement, reader) -> placement.calls(reader, times(callChecks())));
    place(batches, (placement, reader) -> placement.batches(reader, times(BATCHES)));
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  private static Connection connectionTo(String schema) throws SQLException, IOException {
    Connection connection = postgres.getPostgresDatabase().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    connection.setSchema(schema);
    Tables.create(connection, POPULATION, SHARD + 1);
    return connection;
  }

  @FunctionalInterface
  private interface Form {
    List<Orders> place(Placement placement, OrderReader reader) throws SQLException;
  }

  private static List<Orders> place(Connection connection, Form form) throws SQLException {
    try (TradingDay day = new TradingDay(POPULATION, BATCH)) {
      return form.place(new Placement(connection, SHARD), new OrderReader(day));
    }
  }

  /** Whether to go on is asked before each batch and before each of its orders. */
  private static int callChecks() {
    return BATCHES * (1 + BATCH);
  }

  private static BooleanSupplier times(int count) {
    AtomicInteger left = new AtomicInteger(count);
    return () -> left.getAndDecrement() > 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"account", "lot", "agent", "book", "placed"})
  void shouldMakeTheSameOfATableByCallsAsByBatches(String table) throws SQLException {
    List<String> rows = rows(calls, table);
    assertThat(rows).isNotEmpty().isEqualTo(rows(batches, table));
  }

  @Test
  void shouldPlaceEveryOrderAndShowWhatTheyMustHaveMade() throws SQLException {
    assertThat(orders).extracting(Orders::count).containsExactly(BATCH, BATCH, BATCH);
    assertThat(rows(batches, "placed")).hasSize(BATCHES * BATCH);
    expected().verify(calls);
    expected().verify(batches);
  }

  /** Sums of one column each; two accounts that make up for each other; books that do. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE account SET coin = coin + 1 WHERE id = 1000000007",
        "UPDATE account SET turnover = turnover + 1 WHERE id = 1000007",
        "UPDATE account SET month_consumption = month_consumption - 1 WHERE id = 1000000007",
        "UPDATE account SET payable = payable + 1, reserve = reserve - 1 WHERE id = 1000007",
        "UPDATE account SET coin = coin + 2 * (id % 2) - 1 WHERE id IN (1000000000, 1000000001)",
        "UPDATE lot SET points = points + 1 WHERE account = (SELECT min(account) FROM lot)",
        "UPDATE lot SET points = points - 1 WHERE account = (SELECT max(account) FROM lot)",
        "UPDATE agent SET commission = commission + 1 WHERE id = 1000 AND shard = 1",
        "UPDATE agent SET turnover = turnover + 2 * (id % 2) - 1 WHERE shard = 1 AND id < 1002",
        "UPDATE book SET amount = amount + 1 WHERE name = 'FUND' AND shard = 1",
        "UPDATE book SET amount = amount + CASE name WHEN 'PAYABLE' THEN 1 ELSE -1 END"
            + " WHERE name IN ('PAYABLE', 'RESERVE') AND shard = 1",
        "DELETE FROM placed WHERE id = 7"
      })
  void shouldNoticeWhatIsWrong(String change) throws SQLException {
    batches.setAutoCommit(false);
    try (Statement statement = batches.createStatement()) {
      assertThat(statement.executeUpdate(change)).isPositive();
      assertThatThrownBy(() -> expected().verify(batches))
          .isInstanceOf(WrongResultException.class)
          .hasMessageContaining(" instead of ");
    } finally {
      batches.rollback();
      batches.setAutoCommit(true);
    }
  }

  private static ExpectedTables expected() {
    ExpectedTables expected = new ExpectedTables(POPULATION);
    orders.forEach(expected::add);
    return expected;
  }

  private static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT t::text FROM " + table + " t ORDER BY 1")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
