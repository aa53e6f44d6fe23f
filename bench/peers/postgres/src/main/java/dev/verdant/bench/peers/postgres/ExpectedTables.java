package dev.verdant.bench.peers.postgres;

import static dev.verdant.bench.load.WrongResultException.require;

import dev.verdant.bench.load.WrongResultException;
import dev.verdant.bench.workload.ExpectedAccounts;
import dev.verdant.bench.workload.ExpectedAccounts.Balances;
import dev.verdant.bench.workload.Population;
import dev.verdant.bench.workload.Totals;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What orders must have made of the tables, computed without a database: the sum of every column,
 * and what all agents and some accounts hold.
 *
 * <p>One thread at a time.
 */
final class ExpectedTables {
  private static final long BPS = 10_000;
  private static final long PAYABLE_BPS = 8_000;
  private static final int AGENTS_AN_ORDER = 3;

  private final Population population;
  private final Totals.Sum sum;
  private final ExpectedAccounts accounts;
  private long payableFen;

  /** Nothing has been placed yet. */
  ExpectedTables(Population population) {
    this.population = population;
    this.sum = new Totals.Sum(population);
    this.accounts = new ExpectedAccounts(population);
  }

  /** Notes orders that have been placed. */
  void add(Orders orders) {
    for (int i = 0; i < orders.count(); i++) {
      final int buyer = (int) (orders.buyers()[i] - population.member(0));
      final int merchant = (int) (orders.merchants()[i] - population.merchant(0));
      final long amount = orders.amounts()[i];
      sum.order(buyer, merchant, amount);
      accounts.order(buyer, merchant, amount);
      payableFen += (amount - amount * population.rateBps(merchant) / BPS) * PAYABLE_BPS / BPS;
    }
  }

  /**
   * Compares the tables with it.
   *
   * @throws WrongResultException naming the first sum or account that differs.
   */
  void verify(Connection connection) throws SQLException {
    final Totals totals = sum.totals();
    checkPlaced(connection, totals);
    checkAccounts(connection, totals);
    final long commissions = checkAgents(connection, totals);
    checkLots(connection, totals);
    checkBooks(connection, totals, commissions);
    checkBalances(connection);
  }

  private static void checkPlaced(Connection connection, Totals totals) throws SQLException {
    final Map<String, Long> placed =
        sums(connection, "SELECT count(*) AS orders, sum(amount) AS amount FROM placed");
    require("orders", totals.orders(), placed.get("orders"));
    require("amounts of the orders", totals.clearingFen(), placed.get("amount"));
  }

  private void checkAccounts(Connection connection, Totals totals) throws SQLException {
    final Map<String, Long> members = accountSums(connection, 1);
    require("members' coins", totals.coinsCc(), members.get("coin"));
    require("members' turnover", totals.clearingFen(), members.get("turnover"));
    require("members' consumption", totals.clearingFen(), members.get("consumption"));
    require("members' payable", 0, members.get("payable"));
    require("members' reserve", 0, members.get("reserve"));
    final Map<String, Long> merchants = accountSums(connection, 2);
    require("merchants' payable", payableFen, merchants.get("payable"));
    require("merchants' reserve", reserveFen(totals), merchants.get("reserve"));
    require("merchants' turnover", totals.clearingFen(), merchants.get("turnover"));
    require("merchants' coins", 0, merchants.get("coin"));
    require("merchants' consumption", 0, merchants.get("consumption"));
  }

  /** What a buyer pays is the merchant's but for the concession, which the buyer has in coins. */
  private long reserveFen(Totals totals) {
    return totals.clearingFen() - totals.coinsCc() - payableFen;
  }

  private static Map<String, Long> accountSums(Connection connection, int kind)
      throws SQLException {
    return sums(
        connection,
        "SELECT sum(coin) AS coin, sum(payable) AS payable, sum(reserve) AS reserve,"
            + " sum(turnover) AS turnover, sum(month_consumption) AS consumption"
            + " FROM account WHERE kind = "
            + kind);
  }

  /** Returns all commissions, in fen. */
  private long checkAgents(Connection connection, Totals totals) throws SQLException {
    final Map<String, Long> agents =
        sums(
            connection,
            "SELECT sum(commission) AS commission, sum(turnover) AS turnover FROM agent");
    final long commissions =
        accounts.balances().stream().mapToLong(Balances::commission).sum(); // all agents are there
    require("commissions", commissions, agents.get("commission"));
    require("agents' turnover", AGENTS_AN_ORDER * totals.clearingFen(), agents.get("turnover"));
    return commissions;
  }

  private void checkLots(Connection connection, Totals totals) throws SQLException {
    final Map<String, Long> lots =
        sums(
            connection,
            String.format(
                "SELECT sum(points) FILTER (WHERE account >= %d) AS members,"
                    + " sum(points) FILTER (WHERE account < %1$d) AS merchants FROM lot",
                population.member(0)));
    require("members' points", totals.issuedCp(1), lots.get("members"));
    require("merchants' points", totals.issuedCp(2), lots.get("merchants"));
  }

  private void checkBooks(Connection connection, Totals totals, long commissions)
      throws SQLException {
    final Map<String, Long> books = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name, sum(amount) FROM book GROUP BY name")) {
      while (rows.next()) {
        books.put(rows.getString(1), rows.getLong(2));
      }
    }
    require("sum of the books", 0, books.values().stream().mapToLong(Long::longValue).sum());
    require("CLEARING", totals.clearingFen(), books.get("CLEARING"));
    require("PAYABLE", -payableFen, books.get("PAYABLE"));
    require("RESERVE", -reserveFen(totals), books.get("RESERVE"));
    require("COMMISSION", -commissions, books.get("COMMISSION"));
    require("REVENUE", -totals.revenueFen(), books.get("REVENUE"));
  }

  /** The sums of one row by the columns' names, 0 where there was nothing to add. */
  private static Map<String, Long> sums(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      final Map<String, Long> sums = new HashMap<>();
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        sums.put(row.getMetaData().getColumnLabel(column), row.getLong(column));
      }
      return sums;
    }
  }

  private void checkBalances(Connection connection) throws SQLException {
    final List<Balances> expected = accounts.balances();
    final Map<Long, Balances> found = balances(connection, expected);
    for (final Balances must : expected) {
      if (!must.equals(found.get(must.account()))) {
        throw new WrongResultException(found.get(must.account()) + " instead of " + must);
      }
    }
  }

  private Map<Long, Balances> balances(Connection connection, List<Balances> of)
      throws SQLException {
    final Map<Long, Balances> balances = new HashMap<>();
    final Array ids =
        connection.createArrayOf("bigint", of.stream().map(Balances::account).toArray());
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, coin, payable, reserve, 0, turnover FROM account WHERE id = ANY(?)"
                + " UNION ALL"
                + " SELECT id, 0, 0, 0, sum(commission), sum(turnover) FROM agent GROUP BY id")) {
      query.setArray(1, ids);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          balances.put(rows.getLong(1), balances(rows));
        }
      }
    }
    return balances;
  }

  private Balances balances(ResultSet row) throws SQLException {
    return new Balances(
        row.getLong(1),
        row.getLong(1) >= population.member(0),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6));
  }
}
