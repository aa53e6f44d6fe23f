package dev.verdant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsJsonTest {
  private static final Row THROUGHPUT =
      Row.of("tcp", "orders/s", 1_900_000, 2_100_000, 2_000_000)
          .withLimit(4_000_000)
          .withBar(Bar.atLeast(2_000_000))
          .withNote("window <4096>");
  private static final Row LATENCY =
      Row.of("lone", "us", 20, 30).withLimit(10).withBar(Bar.atMost(15));
  private static final Circumstances HERE =
      new Circumstances(Map.of("cpu", "EPYC", "quick", "false"));

  @TempDir private Path directory;

  @Test
  void shouldReadTheCampaignThatItHasWritten() throws IOException {
    Campaign campaign = new Campaign(HERE, List.of(THROUGHPUT, LATENCY, Row.of("bare", "ns", 1.5)));
    RowsJson.write(directory.resolve("rows.json"), campaign);
    assertThat(RowsJson.read(directory.resolve("rows.json"))).isEqualTo(campaign);
  }

  @Test
  void shouldWriteAnArrayOfRowsEachWithItsCircumstances() throws IOException {
    Path file = directory.resolve("rows.json");
    RowsJson.write(file, new Campaign(HERE, List.of(THROUGHPUT, Row.of("bare", "ns", 1.5))));
    JsonNode rows = new ObjectMapper().readTree(file.toFile());
    assertThat(rows.get(0).toString())
        .startsWith(
            "{\"row\":\"tcp\",\"value\":2000000.0,\"unit\":\"orders/s\","
                + "\"runs\":[1900000.0,2100000.0,2000000.0],\"limit\":4000000.0,\"ratio\":0.5,"
                + "\"bar\":2000000.0,\"direction\":\"at least\",\"holds\":true,");
    assertThat(rows)
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.at("/circumstances/cpu").textValue()).isEqualTo("EPYC"));
  }

  @Test
  void shouldTellInALastRowWhetherItIsAll() throws IOException {
    Path file = directory.resolve("rows.json");
    RowsJson.write(file, new Campaign(HERE, Result.of(LATENCY).complete().rows()));
    assertThat(new ObjectMapper().readTree(file.toFile()).get(1).toString())
        .startsWith("{\"row\":\"campaign-complete\",\"value\":1.0,\"unit\":\"campaigns\",")
        .contains("\"bar\":1.0,\"direction\":\"at least\",\"holds\":true,\"note\":null,");
    RowsJson.write(file, new Campaign(HERE, Result.of(LATENCY).incomplete("no room").rows()));
    assertThat(new ObjectMapper().readTree(file.toFile()).get(1).toString())
        .startsWith("{\"row\":\"campaign-complete\",\"value\":0.0,\"unit\":\"campaigns\",")
        .contains("\"holds\":false,\"note\":\"rows are missing: no room\",");
  }

  @Test
  void shouldKnowAFileThatItHasWritten() throws IOException {
    Path file = directory.resolve("rows.json");
    assertThat(RowsJson.isThere(file)).isFalse();
    assertThat(RowsJson.isThere(directory)).isFalse();
    RowsJson.write(file, new Campaign(HERE, List.of(LATENCY)));
    assertThat(RowsJson.isThere(file)).isTrue();
    for (String other : List.of("", "[]", "{}", "notes")) {
      assertThat(RowsJson.isThere(Files.writeString(file, other))).as(other).isFalse();
    }
  }

  @Test
  void shouldReadRowsThatTellNoCircumstances() throws IOException {
    Campaign campaign =
        read("[{'row': 'a', 'value': 2, 'unit': 'us', 'runs': [1, 2, 9], 'limit': null}]");
    assertThat(campaign)
        .isEqualTo(new Campaign(Circumstances.UNKNOWN, List.of(Row.of("a", "us", 1, 2, 9))));
    assertThat(read("[]").rows()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'row': 1} | holds no array of rows",
        "`` | holds no array of rows",
        "[{'row': | is no JSON: Unexpected end-of-input",
        "[] [] | is no JSON: Trailing token",
        "[7] | holds something that is no row: 7",
        "[{'row': 'a', 'value': 1, 'runs': [1]}] | row a: has no unit",
        "[{'row': 'a', 'value': 1, 'unit': 'us', 'runs': []}] | row a: has no runs",
        "[{'row': 'a', 'value': 1, 'unit': 'us', 'runs': 1}] | row a: has no runs",
        "[{'row': 'a', 'value': 0, 'unit': 'us', 'runs': ['abc']}] | no number in its runs: \"abc\"",
        "[{'row': 'a', 'value': 'abc', 'unit': 'us', 'runs': [1]}] | no number in its value: \"abc\"",
        "[{'row': 'a', 'unit': 'us', 'runs': [1]}] | row a: no number in its value",
        "[{'row': 'a', 'value': 1e999, 'unit': 'us', 'runs': [1]}] | row a: no number in its value",
        "[{'row': 'a', 'value': 5, 'unit': 'us', 'runs': [1, 2, 9]}] |"
            + " row a: its value 5.0 is not the median of its runs, 2.0",
        "[{'row': 'a', 'value': 1, 'unit': 'us', 'runs': [1], 'limit': 'x'}] |"
            + " row a: no number in its limit: \"x\"",
        "[{'row': 'a', 'value': 1, 'unit': 'us', 'runs': [1], 'bar': 1}] |"
            + " row a: its bar has no direction",
        "[{'row': 'a', 'row': 'b', 'value': 1, 'unit': 'us', 'runs': [1]}] |"
            + " is no JSON: Duplicate field 'row'",
        "[{'row': 'a', 'value': 1, 'unit': 'us', 'runs': [1]},"
            + " {'row': 'a', 'value': 2, 'unit': 'us', 'runs': [2]}] | row a: is there twice",
        "[{'row': 'a', 'value': 1, 'unit': 'us', 'runs': [1], 'circumstances': {'cpu': 'x'}},"
            + " {'row': 'b', 'value': 2, 'unit': 'us', 'runs': [2]}] |"
            + " row b: was measured under other circumstances than those above",
      })
  void shouldRefuseWhatIsNoCampaignAndSayWhy(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(directory.toString())
        .hasMessageContaining(message);
  }

  @Test
  void shouldTellWhereThereIsNoFile() {
    assertThatThrownBy(() -> RowsJson.read(directory.resolve("missing.json")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> RowsJson.read(directory)).hasMessage(directory + " is a directory");
  }

  private Campaign read(String text) throws IOException {
    return RowsJson.read(
        Files.writeString(directory.resolve("file.json"), text.replace('\'', '"')));
  }
}
