package dev.verdant.bench.peers.postgres;

import dev.verdant.bench.workload.Population;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The tables and functions of {@code ledger.sql}, with the accounts of a population. */
final class Tables {
  private static final String ACCOUNT_COLUMNS =
      "account (id, kind, rate, referrer, marketer, district, provincial)";
  private static final String NULL = "\\N";

  private Tables() {}

  /**
   * Makes them in the connection's schema, which has none of them yet.
   *
   * @param shards rows for each agent and book account, one for each connection that will write.
   */
  static void create(Connection connection, Population population, int shards)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement();
        InputStream script = Tables.class.getResourceAsStream("ledger.sql")) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      openAccounts(connection, population);
      final String shardNumbers = "generate_series(0, " + (shards - 1) + ") s";
      statement.execute(
          String.format(
              "INSERT INTO agent SELECT n, s FROM generate_series(%d, %d) n, %s",
              population.agent(0), population.agent(population.agents() - 1), shardNumbers));
      statement.execute(
          "INSERT INTO book SELECT s, unnest(ARRAY['CLEARING', 'PAYABLE', 'RESERVE', 'COMMISSION',"
              + " 'FUND', 'REVENUE']) FROM "
              + shardNumbers);
    }
  }

  private static void openAccounts(Connection connection, Population population)
      throws SQLException, IOException {
    try (Writer rows =
        new OutputStreamWriter(
            new PGCopyOutputStream(
                connection.unwrap(PGConnection.class), "COPY " + ACCOUNT_COLUMNS + " FROM STDIN"),
            StandardCharsets.UTF_8)) {
      for (int member = 0; member < population.profile().members(); member++) {
        rows.write(memberRow(population, member));
      }
      for (int merchant = 0; merchant < population.profile().merchants(); merchant++) {
        rows.write(merchantRow(population, merchant));
      }
    }
  }

  private static String memberRow(Population population, int member) {
    final int referrer = population.referrerOf(member);
    return row(
        population.member(member),
        1,
        0,
        referrer < 0 ? NULL : population.member(referrer),
        NULL,
        NULL,
        NULL);
  }

  private static String merchantRow(Population population, int merchant) {
    return row(
        population.merchant(merchant),
        2,
        population.rateBps(merchant),
        NULL,
        population.agent(Population.marketerOf(merchant)),
        population.agent(Population.districtOf(merchant)),
        population.agent(Population.provincialOf(merchant)));
  }

  private static String row(Object... columns) {
    final StringBuilder row = new StringBuilder();
    for (final Object column : columns) {
      row.append(row.isEmpty() ? "" : "\t").append(column);
    }
    return row.append('\n').toString();
  }
}
