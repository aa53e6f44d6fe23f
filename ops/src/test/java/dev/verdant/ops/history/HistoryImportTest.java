package dev.verdant.ops.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.client.request.ConfigureRequest;
import dev.verdant.client.request.Program;
import dev.verdant.client.request.ProgramField;
import dev.verdant.client.result.Result;
import dev.verdant.ops.output.JsonLines;
import dev.verdant.ops.session.CommandFailure;
import dev.verdant.ops.session.Exchange;
import dev.verdant.ops.session.InProcessSession;
import dev.verdant.protocol.codec.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryImportTest {
  private static final String HEADER =
      "order_id,timestamp,consumer_id,merchant_id,amount_minor_units,kind,refund_of\n";
  private static final String GOOD_AND_BAD =
      HEADER
          + "a-1,2025-01-01T00:00:00Z,C1,M1,10000,order,\n"
          + "a-2,2025-01-01T00:00:00Z,C2,M1,20000,order,\n"
          + "a-3,2025-01-01T16:00:00Z,C1,M1,4000,refund,a-1\n"
          + "a-4,2025-01-02T00:00:00Z,C1,M1,4000,refund,\n"
          + "a-5,2025-01-02T00:00:00Z,C1,M1,12.50,order,\n"
          + "a-6,2025-01-02T00:00:00Z,C1,M1,1,gift,\n"
          + "a-7,02/01/2025,C1,M1,1,order,\n"
          + "a-8,2025-01-02T00:00:00Z,,M1,1,order,\n"
          + "a-9,2025-01-02T00:00:00Z,C1,M1,0,order,\n"
          + "a-10,2025-01-02T00:00:00Z\n"
          + "a-11,2025-01-02T00:00:00Z,C1,M1,9999999,refund,a-2\n";
  private static final String SUMMARY =
      "{\"rows\":11,\"orders\":{%s},\"refunds\":{%s},"
          + "\"unusable\":{\"MISSING_VALUE\":2,\"BAD_TIMESTAMP\":1,\"BAD_AMOUNT\":1,"
          + "\"UNKNOWN_KIND\":1,\"MISSING_REFUND_OF\":1},"
          + "\"accounts\":{\"%s\":3},\"releases\":{%s},"
          + "\"accepted_orders_amount\":%d,\"accepted_refunds_amount\":%d}\n";

  @TempDir private Path directory;

  private final List<String> events = new ArrayList<>();

  @Test
  void shouldAccountForEveryRowByOutcome() throws IOException {
    Path csv = write(GOOD_AND_BAD);
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .isEqualTo(
            SUMMARY,
            "\"OK\":2,\"INVALID_AMOUNT\":1",
            "\"OK\":1,\"REFUND_EXCEEDS_ORDER\":1",
            "OK",
            "\"OK\":4",
            30_000,
            4_000);
    assertThat(events)
        .contains(
            "4 MISSING_REFUND_OF the refund names no order",
            "5 BAD_AMOUNT amount is 12.50",
            "6 UNKNOWN_KIND kind is gift",
            "7 BAD_TIMESTAMP timestamp is 02/01/2025",
            "8 MISSING_VALUE consumer_id is empty",
            "9 INVALID_AMOUNT",
            "10 MISSING_VALUE kind is empty",
            "11 REFUND_EXCEEDS_ORDER")
        .hasSize(11);
  }

  @Test
  void shouldChangeNothingWhenDoneAgain() throws IOException {
    Path csv = write(GOOD_AND_BAD);
    importInto("ledger", csv, ColumnMapping.byDefault());
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .isEqualTo(
            SUMMARY,
            "\"DUPLICATE\":2,\"INVALID_AMOUNT\":1",
            "\"DUPLICATE\":1,\"REFUND_EXCEEDS_ORDER\":1",
            "DUPLICATE",
            "\"DAY_PASSED\":2,\"ALREADY_RUN\":2",
            0,
            0);
    // One of each row: that its accounts are there is no news.
    assertThat(events).hasSize(11);
  }

  @Test
  void shouldReleaseEveryPoolOnceBeforeTheFirstRowOfEachBusinessDay() throws IOException {
    // Business days begin at 16:00 UTC; there are two pools. The third row is of the day before.
    Path csv =
        write(
            HEADER
                + "1,2025-01-01T15:59:59Z,C1,M1,500,order,\n"
                + "2,2025-01-01T16:00:00Z,C1,M1,600,order,\n"
                + "3,2025-01-01T15:00:00Z,C1,M1,700,order,\n"
                + "4,2025-01-01T20:00:00Z,C1,M1,800,order,\n");
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":4}", "\"releases\":{\"OK\":4}");
  }

  @Test
  void shouldSendNoRowThatTheLedgerMayHaveBookedAndForgotten() throws IOException {
    // Business days begin at 16:00 UTC: 1 January, 2 January, and the 90th day behind that.
    Path csv =
        write(
            HEADER
                + "1,2025-01-01T15:59:59Z,C1,M1,500,order,\n"
                + "2,2025-01-01T16:00:00Z,C1,M1,600,order,\n"
                + "3,2025-04-01T16:00:00Z,C1,M1,700,order,\n"
                + "4,2025-04-02T15:59:59Z,C1,M1,800,refund,3\n");
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":3}", "\"unusable\":{}");
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains(
            "\"rows\":4,\"orders\":{\"DUPLICATE\":2}",
            "\"refunds\":{\"REFUND_EXCEEDS_ORDER\":1}",
            "\"unusable\":{\"TOO_OLD\":1}",
            "\"accepted_orders_amount\":0");
    assertThat(events)
        .contains(
            "1 TOO_OLD it is of 2025-01-01, and the ledger knows ids from 2025-01-02 on",
            "2 DUPLICATE");
  }

  @Test
  void shouldBookNothingTwiceWhereTheWindowWasShorterOnceThanItIsNow() throws IOException {
    configure("ledger", "2025-01-01T00:00:00Z", ProgramField.ORDER_WINDOW_DAYS, 30);
    Path csv =
        write(
            HEADER
                + "1,2025-01-01T00:00:00Z,C1,M1,500,order,\n"
                + "2,2025-01-15T00:00:00Z,C1,M1,600,order,\n"
                + "3,2025-02-14T00:00:00Z,C1,M1,700,order,\n");
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":3}");
    configure("ledger", "2025-02-14T00:00:00Z", ProgramField.ORDER_WINDOW_DAYS, 90);
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains(
            "\"orders\":{\"DUPLICATE\":2}",
            "\"unusable\":{\"TOO_OLD\":1}",
            "\"accepted_orders_amount\":0");
    assertThat(events)
        .contains("1 TOO_OLD it is of 2025-01-01, and the ledger knows ids from 2025-01-15 on");
  }

  @Test
  void shouldBeginBusinessDaysWhereTheLedgerDoes() throws IOException {
    configure("ledger", "2025-01-01T00:00:00Z", ProgramField.BUSINESS_OFFSET_MINUTES, 0);
    Path csv =
        write(
            HEADER
                + "1,2025-01-01T15:59:59Z,C1,M1,500,order,\n"
                + "2,2025-01-01T16:00:00Z,C1,M1,600,order,\n"
                + "3,2025-01-01T23:59:59Z,C1,M1,700,order,\n"
                + "4,2025-01-02T00:00:00Z,C1,M1,800,order,\n"
                + "5,2025-04-02T00:00:00Z,C1,M1,900,order,\n");
    // Three days of two pools; by the default offset the second row would be of the next day.
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":5}", "\"releases\":{\"OK\":6}");
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains("\"orders\":{\"DUPLICATE\":2}", "\"unusable\":{\"TOO_OLD\":3}");
  }

  @Test
  void shouldSendNoRowASecondTimeWithinOneImport() throws IOException {
    String old = "1,2025-01-01T00:00:00Z,C1,M1,500,order,\n";
    Path csv = write(HEADER + old + "2,2025-06-01T00:00:00Z,C1,M1,600,order,\n" + old);
    assertThat(importInto("ledger", csv, ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":2}", "\"unusable\":{\"TOO_OLD\":1}");
  }

  @Test
  void shouldNotTakeTwoIdsForOneWhereTheirBytesAreNotUtf8() throws IOException {
    String rows =
        HEADER
            + "1,2025-01-01T00:00Z,Jos\u00e9,M1,500,order,\n"
            + "2,2025-01-01T00:00Z,Jos\u00e8,M1,500,order,\n"
            + "3\u00e9,2025-01-01T00:00Z,C1,M1,500,order,\n"
            + "4,2025-01-01T00:00Z,C1,M1,500,order,\n";
    Path csv = Files.writeString(directory.resolve("latin.csv"), rows, StandardCharsets.ISO_8859_1);
    assertThat(importInto("latin", csv, ColumnMapping.byDefault()))
        .contains(
            "\"orders\":{\"OK\":1}", "\"unusable\":{\"NOT_UTF_8\":3}", "\"accounts\":{\"OK\":2}");
    assertThat(events)
        .contains(
            "1 NOT_UTF_8 consumer_id is not UTF-8",
            "2 NOT_UTF_8 consumer_id is not UTF-8",
            "3 NOT_UTF_8 order_id is not UTF-8",
            "4 OK");
    assertThat(importInto("utf-8", write(rows), ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":4}", "\"unusable\":{}", "\"accounts\":{\"OK\":4}");
  }

  @Test
  void shouldNameTheLineOfARecordThatCannotBeRead() throws IOException {
    Path csv =
        write(
            HEADER
                + "1,2025-01-01T00:00Z,\"C\n1\",M1,500,order,\n"
                + "2,2025-01-01T00:00Z,\"C2\"x,M1,500,order,\n"
                + "3,2025-01-01T00:00Z,C3,M1,500,order,\n");
    assertThatThrownBy(() -> importInto("ledger", csv, ColumnMapping.byDefault()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(csv + " line 4: ");
    assertThat(events).containsExactly("1 OK");
  }

  @Test
  void shouldNotTakeTwoIdsForOneThatHaveTheSameAccountId() throws IOException {
    String same = Long.toUnsignedString(ExternalIds.accountId("C1"));
    Path csv =
        write(
            HEADER
                + "1,2025-01-01T00:00Z,C1,M1,500,order,\n"
                + "2,2025-01-01T00:00Z,%s,M1,500,order,\n".formatted(same));
    assertThatThrownBy(() -> importInto("ledger", csv, ColumnMapping.byDefault()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(
            csv + " row 2: " + same + " has the account id " + same + ", which is that of another");
    assertThat(events).containsExactly("1 OK");
  }

  @Test
  void shouldReadOtherColumnsByAMapFile() throws IOException {
    Path map = directory.resolve("columns.properties");
    Files.writeString(map, "order_id=no\namount_minor_units=cents\n");
    Path csv =
        write(
            "cents,no,timestamp,consumer_id,merchant_id,kind\n500,1,2025-01-01T00:00Z,1,2,order\n");
    assertThat(importInto("ledger", csv, ColumnMapping.read(map)))
        .contains("\"orders\":{\"OK\":1}")
        .contains("\"accepted_orders_amount\":500");
  }

  @Test
  void shouldNameTheColumnThatAFileLacks() throws IOException {
    Path csv = write("order_id,timestamp\n1,2025-01-01T00:00Z\n");
    assertThatThrownBy(() -> importInto("ledger", csv, ColumnMapping.byDefault()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has no column consumer_id");
  }

  @Test
  void shouldNameAFieldOfAMapFileThatThereIsNot() throws IOException {
    Path map = directory.resolve("columns.properties");
    Files.writeString(map, "price=cents\n");
    assertThatThrownBy(() -> ColumnMapping.read(map))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no field price");
  }

  @Test
  void shouldNotChooseBetweenTwoColumnsOfOneName() throws IOException {
    Path csv = write("note,kind,note," + HEADER);
    assertThatThrownBy(() -> HistoryImport.requireColumns(csv, ColumnMapping.byDefault()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has more than one column kind; columns are [note, kind, note, ");
    HistoryImport.requireColumns(write("note,note," + HEADER), ColumnMapping.byDefault());
  }

  @Test
  void shouldSayThatAMapFileIsNotUtf8() throws IOException {
    Path map = Files.write(directory.resolve("map"), new byte[] {'k', '=', (byte) 0xFC});
    assertThatThrownBy(() -> ColumnMapping.read(map))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(map + " is not UTF-8");
  }

  /** Two files one behind the other are one, as gzip(1) has it, and so are zeros behind them. */
  @Test
  void shouldReadAllThatIsGzippedAndFailAtWhatIsNot() throws IOException {
    byte[] first = gzipped(HEADER + "1,2025-01-01T00:00:00Z,C1,M1,500,order,\n");
    byte[] second = gzipped("2,2025-01-01T00:00:01Z,C1,M1,600,order,\n");
    assertThat(
            importInto("whole", write(first, second, new byte[70_000]), ColumnMapping.byDefault()))
        .contains("\"orders\":{\"OK\":2}");
    second[1]++;
    Path damaged = write(first, second);
    assertThatThrownBy(() -> importInto("damaged", damaged, ColumnMapping.byDefault()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(damaged.toString())
        .hasMessageEndingWith(": what stands behind the gzipped part is not gzipped");
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private Path write(byte[]... parts) throws IOException {
    Path file = directory.resolve("history.csv.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (byte[] part : parts) {
        out.write(part);
      }
    }
    return file;
  }

  private Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("history.csv"), content);
  }

  private void configure(String name, String time, ProgramField field, int value)
      throws IOException {
    try (InProcessSession session = InProcessSession.open(directory.resolve(name))) {
      Exchange exchange = new Exchange(session.connection(), 1, 30);
      Program program = Program.builder().set(field, value).build();
      ConfigureRequest change = ConfigureRequest.of(program).at(Instant.parse(time).toEpochMilli());
      assertThat(exchange.call(change).status()).isEqualTo(Status.OK);
    }
  }

  private String importInto(String name, Path csv, ColumnMapping mapping) throws IOException {
    events.clear();
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    try (InProcessSession session = InProcessSession.open(directory.resolve(name));
        HistoryImport history =
            new HistoryImport(
                new Exchange(session.connection(), 100, 30),
                new ImportOptions(mapping, 1_500),
                new Recorder(),
                new ImportProgress(null));
        JsonLines out = new JsonLines(summary)) {
      history.run(csv);
      history.summary().write(out);
    }
    return summary.toString(StandardCharsets.UTF_8);
  }

  private final class Recorder implements RowListener {
    @Override
    public void onAnswer(String file, long row, String orderId, Result result) {
      events.add(row + " " + result.status());
    }

    @Override
    public void onUnusable(String file, long row, String orderId, String reason, String detail) {
      events.add(row + " " + reason + " " + detail);
    }

    @Override
    public void onAccountRefused(String file, long row, String account, String status) {
      events.add(row + " account " + account + " " + status);
    }
  }
}
