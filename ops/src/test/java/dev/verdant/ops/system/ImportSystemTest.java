package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ops.process.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportSystemTest {
  private static final String HEADER =
      "order_id,timestamp,consumer_id,merchant_id,amount_minor_units,kind\n";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/birmingham-purchase-cards.csv.gz | {\"rows\":181335,\"orders\":{\"OK\":176262},"
            + "\"refunds\":{\"OK\":1071,\"ORDER_NOT_FOUND\":59},"
            + "\"unusable\":{\"MISSING_REFUND_OF\":3943},\"accounts\":{\"OK\":17236},"
            + "\"releases\":{\"OK\":2652},\"accepted_orders_amount\":3350640180,"
            + "\"accepted_refunds_amount\":19240079}",
        "/dev/verdant/ops/demo/completejourney-baskets.csv.gz | {\"rows\":47243,"
            + "\"orders\":{\"OK\":46988,\"INVALID_AMOUNT\":255},\"refunds\":{},\"unusable\":{},"
            + "\"accounts\":{\"OK\":2670},\"releases\":{\"OK\":732},"
            + "\"accepted_orders_amount\":23393524,\"accepted_refunds_amount\":0}",
      })
  void shouldGiveTheSameLedgerByDataByConnectAfterARestartAndWhenDoneAgain(
      String resource, String summary) throws Exception {
    String csv = Path.of(getClass().getResource(resource).toURI()).toString();
    Path local = directory.resolve("local");
    VerdantProcess.Outcome byData =
        VerdantProcess.run(directory, "import", "--data", local.toString(), csv);
    assertThat(byData.status()).as(byData.err()).isZero();
    assertThat(byData.out()).isEqualTo(summary + "\n");

    Path served = directory.resolve("served");
    Views before;
    try (ServerProcess server = VerdantProcess.serve(served)) {
      VerdantProcess.Outcome byConnect =
          VerdantProcess.run(directory, "import", "--connect", "127.0.0.1:" + server.port(), csv);
      assertThat(byConnect.status()).as(byConnect.err()).isZero();
      assertThat(byConnect.out()).isEqualTo(summary + "\n");
      before = Views.ofServer(server.port());
      server.kill();
    }
    Views restarted = Views.ofDirectory(served);
    assertThat(restarted).isEqualTo(before);
    assertThat(Views.ofDirectory(local)).isEqualTo(before);

    VerdantProcess.Outcome verified =
        VerdantProcess.run(directory, "verify", "--data", served.toString());
    assertThat(verified.status()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("[CNY, POINTS, COUPON, COIN] sum to zero");

    VerdantProcess.Outcome again =
        VerdantProcess.run(directory, "import", "--data", local.toString(), csv);
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("\"DUPLICATE\":", "\"TOO_OLD\":")
        .contains("\"accepted_orders_amount\":0,\"accepted_refunds_amount\":0");
    Views unchanged = Views.ofDirectory(local);
    assertThat(unchanged.accounts()).isEqualTo(before.accounts());
    assertThat(unchanged.balance()).isEqualTo(before.balance());
  }

  @Test
  void shouldBookNothingTwiceWhereTheProgramRemembersIdsForLessThanTheHistoryLasts()
      throws Exception {
    String data = directory.resolve("data").toString();
    Path script =
        Files.writeString(
            directory.resolve("program.jsonl"),
            "{\"time\": \"2025-01-01T00:00:00+08:00\", \"op\": \"configure\","
                + " \"program\": {\"order_window_days\": 30}}\n");
    Path csv =
        Files.writeString(
            directory.resolve("history.csv"),
            HEADER
                + "1,2025-01-01T12:00+08:00,C1,M1,500,order\n"
                + "2,2025-02-15T12:00+08:00,C1,M1,700,order\n");
    assertThat(VerdantProcess.run(directory, "apply", "--data", data, script.toString()).status())
        .isZero();
    assertThat(VerdantProcess.run(directory, "import", "--data", data, csv.toString()).out())
        .contains("\"accepted_orders_amount\":1200");

    // 45 days lie between the rows: the ledger has forgotten the first, and would book it again.
    assertThat(VerdantProcess.run(directory, "import", "--data", data, csv.toString()).out())
        .contains(
            "\"orders\":{\"DUPLICATE\":1}",
            "\"unusable\":{\"TOO_OLD\":1}",
            "\"accepted_orders_amount\":0");
  }

  @Test
  void shouldMakeAndBookNothingWhereAFileLacksAColumn() throws Exception {
    Path good =
        Files.writeString(
            directory.resolve("good.csv"), HEADER + "1,2025-01-01T00:00Z,C1,M1,500,order\n");
    Path bad = Files.writeString(directory.resolve("bad.csv"), "order_id,timestamp\n");
    Path results = directory.resolve("results.jsonl");
    Path data = directory.resolve("data");
    VerdantProcess.Outcome refused =
        VerdantProcess.run(
            directory,
            "import",
            "--data",
            data.toString(),
            "--results",
            results.toString(),
            good.toString(),
            bad.toString());

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains(bad + " has no column consumer_id").hasLineCount(1);
    assertThat(data).doesNotExist();
    assertThat(results).doesNotExist();
  }

  @Test
  void shouldTellWhatBecameOfTheRowsBeforeOneThatCannotBeRead() throws Exception {
    Path csv =
        Files.writeString(
            directory.resolve("history.csv"),
            HEADER
                + "1,2025-01-01T00:00Z,C1,M1,500,order\n"
                + "2,2025-01-01T00:00Z,C2,M1,700,order\n"
                + "3,2025-01-01T00:00Z,\"C3,M1,900,order\n"
                + "4,2025-01-01T00:00Z,C4,M1,900,order\n");
    Path results = directory.resolve("results.jsonl");
    Path data = directory.resolve("data");
    VerdantProcess.Outcome broken =
        VerdantProcess.run(
            directory,
            "import",
            "--data",
            data.toString(),
            "--results",
            results.toString(),
            csv.toString());

    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err().lines().filter(line -> line.startsWith("verdant ")))
        .singleElement()
        .asString()
        .startsWith("verdant import: " + csv + " line 4: ");
    assertThat(broken.out())
        .startsWith("{\"rows\":2,\"orders\":{\"OK\":2},")
        .contains("\"accepted_orders_amount\":1200,")
        .hasLineCount(1);
    assertThat(Files.readAllLines(results))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"row\":1,\"status\":\"OK\""),
            line -> assertThat(line).startsWith("{\"row\":2,\"status\":\"OK\""));
    assertThat(Views.ofDirectory(data).accounts().lines()).hasSize(3);
  }
}
