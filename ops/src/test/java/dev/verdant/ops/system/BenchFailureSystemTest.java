package dev.verdant.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.bench.report.Campaign;
import dev.verdant.bench.report.Circumstances;
import dev.verdant.bench.report.Row;
import dev.verdant.bench.report.RowsJson;
import dev.verdant.ops.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Benchmarks that fail: nothing that they have found is lost. */
class BenchFailureSystemTest {
  /** Takes no file from anybody, root included. */
  private static final Path NOT_WRITABLE = Path.of("/proc");

  @TempDir private Path directory;

  @Test
  void shouldSaveWhatIsFinishedAndSayWhatAPeerHasSaidLast() throws Exception {
    makePeerWithoutClasses();
    Path json = directory.resolve("rows.json");
    RowsJson.write(
        json, new Campaign(Circumstances.UNKNOWN, List.of(Row.of("of-another-run", "ns", 1))));
    Path err = directory.resolve("err");
    Process compare =
        new ProcessBuilder(
                JavaCommand.verdant(
                    List.of("-XX:TieredStopAtLevel=1", "-Dverdant.root=" + directory),
                    List.of("bench", "compare", "--quick", "--json=" + json)))
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    boolean ended = compare.waitFor(5, TimeUnit.MINUTES);
    compare.destroyForcibly();

    assertThat(ended).as(Files.readString(err)).isTrue();
    assertThat(compare.exitValue()).isEqualTo(1);
    List<Row> rows = RowsJson.read(json).rows();
    assertThat(rows)
        .extracting(Row::name)
        .contains("ledger-1m-skewed")
        .doesNotContain("of-another-run");
    Row last = rows.get(rows.size() - 1);
    assertThat(last.name()).isEqualTo("campaign-complete");
    assertThat(last.value()).isZero();
    assertThat(last.holds()).contains(false);
    assertThat(last.note()).startsWith("rows are missing: the peer ended at its start");
    assertThat(err)
        .content()
        .containsPattern("postgres.log: .*PostgresPeer")
        .contains("rows are missing: ", "verdant bench compare: the peer ended at its start");
    assertThat(directory)
        .as("the page, which was not said where to go")
        .isDirectoryContaining("glob:**/verdant-compare-quick-*.html");
  }

  private void makePeerWithoutClasses() throws IOException {
    Path module = directory.resolve("bench").resolve("peers").resolve("postgres");
    Files.createDirectories(module.resolve("target").resolve("lib"));
    Files.createFile(module.resolve("jvm.options"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--html"})
  void shouldSeeBeforeItMeasuresThatAReportCannotBeWritten(String option) throws Exception {
    Path file = directory.resolve("missing").resolve("report");
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, "bench", "compare", "--quick", option, file.toString());

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo("verdant bench compare: no such file or directory: " + file + "\n");
  }

  @Test
  void shouldSeeBeforeItMeasuresThatNothingCanBeWrittenInTheWorkingDirectory() throws Exception {
    Path err = directory.resolve("err");
    Process compare =
        new ProcessBuilder(
                JavaCommand.verdant(
                    JavaCommand.SHORT_LIVED, List.of("bench", "compare", "--quick")))
            .directory(NOT_WRITABLE.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    boolean ended = compare.waitFor(1, TimeUnit.MINUTES);
    compare.destroyForcibly();

    assertThat(ended).as(Files.readString(err)).isTrue();
    assertThat(compare.exitValue()).isEqualTo(1);
    assertThat(err)
        .content()
        .matches("verdant bench compare: .*verdant-compare-quick-\\d{8}T\\d{6}Z\\.json\n");
  }

  @Test
  void shouldRefuseRunsThatQuickWouldNotMake() throws Exception {
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, "bench", "compare", "--quick", "--runs", "3");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("--quick has its own --runs");
    assertThat(directory).isDirectoryNotContaining("glob:**/verdant-compare*");
  }

  @Test
  void shouldLeaveNoFileWhereOnlyWhetherItCanBeWrittenWasLookedAt() throws Exception {
    Path json = directory.resolve("rows.json");
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(
            directory, "bench", "growth", "--members", "0", "--json", json.toString());

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(json).doesNotExist();
  }

  @Test
  void shouldLeaveAReportWhereTheOptionsDoNotFit() throws Exception {
    Path json = directory.resolve("rows.json");
    RowsJson.write(json, new Campaign(Circumstances.UNKNOWN, List.of(Row.of("stall", "ms", 1))));
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(
            directory, "bench", "growth", "--members", "0", "--json", json.toString());

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(RowsJson.read(json).rows()).extracting(Row::name).containsExactly("stall");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--html"})
  void shouldNotTakeTheBaselineForAPlaceOfItsReport(String option) throws Exception {
    Path json = directory.resolve("rows.json");
    RowsJson.write(json, new Campaign(Circumstances.UNKNOWN, List.of(Row.of("stall", "ms", 1))));
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(
            directory, "bench", "growth", option, json.toString(), "--baseline", json.toString());

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains(option + " is the --baseline: " + json);
    assertThat(RowsJson.read(json).rows()).extracting(Row::name).containsExactly("stall");
  }

  @Test
  void shouldNotPutRowsAndPageIntoOneFile() throws Exception {
    VerdantProcess.Outcome outcome =
        VerdantProcess.run(directory, "bench", "growth", "--json", "report", "--html", "./report");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("--html is the --json: ./report");
  }
}
