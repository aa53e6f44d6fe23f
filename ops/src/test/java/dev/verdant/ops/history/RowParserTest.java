package dev.verdant.ops.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ops.history.UnusableRowException.Reason;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowParserTest {
  private static final List<String> HEADER =
      List.of("order_id", "timestamp", "consumer_id", "merchant_id", "amount_minor_units", "kind");

  private final RowParser parser = new RowParser("history.csv", HEADER, ColumnMapping.byDefault());

  private static CSVRecord record(String amount) throws IOException {
    String line = "a-1,2025-01-01T00:00:00Z,C1,M1," + amount + ",order";
    try (CSVParser rows = CSVParser.parse(line, CSVFormat.DEFAULT)) {
      return rows.getRecords().get(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"25,25", "+25,25", "-25,-25", "007,7", "9223372036854775807,9223372036854775807"})
  void shouldReadAnAmount(String text, long amountFen) throws Exception {
    assertThat(parser.parse(record(text)).amountFen()).isEqualTo(amountFen);
  }

  /** Among them the digits of other languages, which Java takes. */
  @ParameterizedTest
  @ValueSource(strings = {"٢٥", "２５", "2٥", "12.50", "1e3", "9223372036854775808", "0x10", "+"})
  void shouldTakeNothingElseForAnAmount(String text) throws IOException {
    CSVRecord record = record(text);
    assertThatThrownBy(() -> parser.parse(record))
        .isInstanceOfSatisfying(
            UnusableRowException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BAD_AMOUNT))
        .hasMessageContaining(text);
  }
}
