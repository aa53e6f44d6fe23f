package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.report.RowsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark campaign in small: exit status 0 says that every reply, count and balance was
 * right; no time is looked at.
 */
class CompareSystemTest {
  @TempDir private Path directory;

  @Test
  void shouldEndWithEveryRowWhenEveryCountAndBalanceIsRight() throws Exception {
    Path out = directory.resolve("out");
    Path baseline = directory.resolve("baseline.json");
    RowsJson.write(
        baseline, new Campaign(Circumstances.UNKNOWN, List.of(Row.of("an-earlier-row", "ns", 1))));
    Process compare =
        new ProcessBuilder(
                System.getProperty("verdant.launcher"),
                "bench",
                "compare",
                "--quick",
                "--baseline",
                baseline.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = compare.waitFor(10, TimeUnit.MINUTES);
    compare.descendants().forEach(ProcessHandle::destroyForcibly);
    compare.destroyForcibly();

    assertThat(ended).as(Files.readString(out)).isTrue();
    assertThat(compare.exitValue()).as(Files.readString(out)).isZero();
    JsonNode rows = new ObjectMapper().readTree(written("json").toFile());
    assertThat(rows.findValuesAsText("row"))
        .contains(
            "ledger-21m-uniform",
            "ledger-1m-skewed",
            "tcp-written-1m",
            "tcp-written-21m",
            "tcp-synced-1m",
            "lone-p50",
            "open-200k-p50",
            "open-200k-p99",
            "release-21m",
            "journal-bytes",
            "garbage",
            "memory-21m",
            "growth-stall",
            "growth-stall-reserved",
            "postgres-written-call",
            "postgres-written-batch",
            "vs-postgres-written",
            "postgres-synced-call",
            "postgres-synced-batch",
            "vs-postgres-synced",
            "exchange-core-journal",
            "exchange-core-bare",
            "engine-in-process-synced",
            "engine-in-process-written",
            "vs-exchange-core",
            "vs-exchange-core-bare",
            "campaign-minutes");
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.fieldNames())
                    .toIterable()
                    .contains("row", "value", "unit", "runs", "limit", "ratio", "bar", "holds"));
    JsonNode circumstances = rows.get(0).path("circumstances");
    assertThat(circumstances.path("quick").asText()).isEqualTo("true");
    assertThat(circumstances.path("runs").asText()).isEqualTo("1");
    assertThat(circumstances.path("seconds").asText()).isEqualTo("0");
    assertThat(circumstances.path("jdk").asText())
        .isEqualTo(System.getProperty("java.runtime.version"));
    assertThat(circumstances.fieldNames())
        .toIterable()
        .contains("date", "commit", "command", "cpu", "processors", "system")
        .doesNotContain("json", "html", "baseline", "help");
    JsonNode last = rows.get(rows.size() - 1);
    assertThat(last.path("row").asText()).isEqualTo("campaign-complete");
    assertThat(last.path("holds").asBoolean()).isTrue();
    assertThat(rows)
        .filteredOn(row -> !row.equals(last))
        .as("in small nothing may be taken for the campaign's")
        .allSatisfy(
            row -> {
              assertThat(row.path("bar").isNull()).isTrue();
              assertThat(row.path("holds").isNull()).isTrue();
            });
    assertThat(rows)
        .filteredOn(row -> row.path("row").asText().matches(".*(postgres|exchange-core).*"))
        .allSatisfy(row -> assertThat(row.path("value").asDouble()).isPositive());
    assertThat(rows)
        .filteredOn(row -> !row.equals(last))
        .allSatisfy(
            row -> {
              assertThat(row.path("runs")).hasSize(1);
              assertThat(row.path("note").asText()).startsWith("one run");
            });
    assertThat(Files.readString(written("html")))
        .contains("latencies", "campaign-minutes", "Latency against rate", "</html>");
    assertThat(out)
        .content()
        .contains("rows as JSON: " + written("json"), "rows and plots: " + written("html"));
    assertThat(Files.readString(out)).containsPattern("an-earlier-row .* gone");
  }

  /** The only file of the working directory that says by its name what it is, with this ending. */
  private Path written(String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files
              .filter(
                  file ->
                      file.getFileName()
                          .toString()
                          .matches("verdant-compare-quick-\\d{8}T\\d{6}Z\\." + ending))
              .toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
