package dev.verdant.bench.peers.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Places orders over one connection. One thread at a time. */
final class Placement implements AutoCloseable {
  private static final int BATCH = 500;
  private static final String DEADLOCK = "40P01";

  private final Connection connection;
  private final PreparedStatement call;
  private final PreparedStatement batch;

  /**
   * Prepares.
   *
   * @param shard number of the rows of agents and books that are this connection's alone.
   */
  Placement(Connection connection, int shard) throws SQLException {
    this.connection = connection;
    this.call = connection.prepareStatement("SELECT place(?, ?, ?, ?, ?)");
    this.batch = connection.prepareStatement("SELECT place_all(?, ?, ?, ?, ?)");
    call.setInt(1, shard);
    batch.setInt(1, shard);
  }

  /** Whether a commit waits until it is on disk. */
  void synchronousCommit(boolean on) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = " + (on ? "on" : "off"));
    }
  }

  /**
   * Places orders, one a call, for as long as told; returns those that it has placed.
   *
   * @throws SQLException if one is refused, too.
   */
  List<Orders> calls(OrderReader reader, BooleanSupplier more) throws SQLException {
    final List<Orders> placed = new ArrayList<>();
    while (more.getAsBoolean()) {
      final Orders orders = reader.take(BATCH);
      int count = 0;
      while (count < orders.count() && more.getAsBoolean()) {
        place(orders, count++);
      }
      placed.add(orders.first(count));
    }
    return placed;
  }

  /**
   * Places orders, 500 a call, for as long as told; returns those that it has placed.
   *
   * @throws SQLException if one is refused, too.
   */
  List<Orders> batches(OrderReader reader, BooleanSupplier more) throws SQLException {
    final List<Orders> placed = new ArrayList<>();
    while (more.getAsBoolean()) {
      final Orders orders = reader.take(BATCH);
      placeAll(orders);
      placed.add(orders);
    }
    return placed;
  }

  private void place(Orders orders, int i) throws SQLException {
    call.setLong(2, orders.ids()[i]);
    call.setLong(3, orders.buyers()[i]);
    call.setLong(4, orders.merchants()[i]);
    call.setLong(5, orders.amounts()[i]);
    try (ResultSet result = call.executeQuery()) {
      if (!result.next() || !result.getBoolean(1)) {
        throw new SQLException("order " + orders.ids()[i] + " was refused");
      }
    }
  }

  private void placeAll(Orders orders) throws SQLException {
    batch.setArray(2, connection.createArrayOf("bigint", orders.ids()));
    batch.setArray(3, connection.createArrayOf("bigint", orders.buyers()));
    batch.setArray(4, connection.createArrayOf("bigint", orders.merchants()));
    batch.setArray(5, connection.createArrayOf("bigint", orders.amounts()));
    if (executeBatch() != orders.count()) {
      throw new SQLException("a batch was not placed whole");
    }
  }

  /** Two batches may touch the same rows in another order: the one that is told so tries again. */
  private long executeBatch() throws SQLException {
    while (true) {
      try (ResultSet result = batch.executeQuery()) {
        result.next();
        return result.getLong(1);
      } catch (SQLException e) {
        if (!DEADLOCK.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  /** The connection is closed with it. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
