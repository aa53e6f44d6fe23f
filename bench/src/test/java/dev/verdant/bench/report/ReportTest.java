package dev.verdant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final Row THROUGHPUT =
      Row.of("tcp-written-1m", "orders/s", 1_900_000, 2_100_000, 2_000_000)
          .withLimit(4_000_000)
          .withBar(Bar.atLeast(2_000_000))
          .withNote("window <4096>");
  private static final Row LATENCY =
      Row.of("lone-p50", "us", 20, 30).withLimit(10).withBar(Bar.atMost(15));

  @TempDir private Path directory;

  @Test
  void shouldTakeTheMedianAndTheRatioToTheLimit() {
    assertThat(THROUGHPUT.value()).isEqualTo(2_000_000);
    assertThat(THROUGHPUT.ratio()).hasValue(0.5);
    assertThat(THROUGHPUT.holds()).contains(true);
    assertThat(LATENCY.value()).isEqualTo(25);
    assertThat(LATENCY.holds()).contains(false);
    assertThat(LATENCY.withLimit(0).ratio()).isEmpty();
    assertThatThrownBy(() -> Row.of("empty", "us")).hasMessageContaining("empty");
  }

  /**
   * A rate over no time is infinite, one of nothing over no time no number: neither is a figure.
   */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void shouldHoldNoBarByWhatIsNoNumber(double none) {
    assertThatThrownBy(() -> Row.of("replay", "commands/s", 1, none))
        .hasMessage("the row replay cannot hold " + none);
    assertThatThrownBy(() -> THROUGHPUT.withLimit(none)).hasMessageContaining("cannot hold");
    assertThatThrownBy(() -> Bar.atMost(none)).hasMessage("a bar cannot be " + none);
  }

  @Test
  void shouldPrintMedianRangeAndBar() {
    assertThat(RowTable.of(List.of(THROUGHPUT, LATENCY)))
        .contains("1,900,000 .. 2,100,000", ">= 2,000,000", "yes", "NO", "window <4096>");
  }

  @Test
  void shouldWriteAPageThatNeedsNoNetwork() throws IOException {
    Path file = directory.resolve("report.html");
    Plot plot =
        Plot.of(
                "Latency",
                Plot.Axis.logarithmic("orders/s"),
                Plot.Axis.logarithmic("us"),
                List.of(
                    new Plot.Curve(
                        "a&b",
                        List.of(
                            new Plot.Point(3, 5),
                            new Plot.Point(10, 6),
                            new Plot.Point(50, 7000)))))
            .withCaption("kept <all>");
    Result result =
        new Result(
            List.of(THROUGHPUT),
            List.of(plot),
            List.of(new Part("server", 61.5, OptionalDouble.of(2.25))));
    HtmlReport.write(file, "Verdant", List.of("2 cores"), result);
    assertThat(Files.readString(file))
        .contains(
            "<svg",
            "polyline",
            "a&amp;b",
            "kept &lt;all&gt;",
            // round numbers, and between powers of ten only where there are few
            ">5.00</text>",
            ">20.00</text>",
            ">1,000</text>",
            "window &lt;4096&gt;",
            "server</td><td>61.50</td><td>2.25",
            "</html>")
        .doesNotContain("2,000<", "http", "<script", "NaN", "Infinity");
  }

  @Test
  void shouldWriteAPageForANarrowScreen() throws IOException {
    Path file = directory.resolve("report.html");
    HtmlReport.write(
        file,
        "Verdant",
        List.of(),
        new Result(
            List.of(THROUGHPUT),
            List.of(plotOf("two moments", new Plot.Point(1, 1), new Plot.Point(2, 1))),
            List.of(new Part("server", 61.5, OptionalDouble.of(2.25)))));
    assertThat(Files.readString(file))
        .contains("<meta name=\"viewport\" content=\"width=device-width", "overflow-x: auto")
        // whatever is as wide as it is
        .doesNotContainPattern("(?<!<div class=\"wide\">)<(table|svg)");
  }

  @Test
  void shouldMarkALinearAxisWithRoundNumbers() {
    assertThat(SvgPlot.of(plotOf("rates", new Plot.Point(0, 2_100_000), new Plot.Point(2.6, 7))))
        .contains(">0</text>", ">1.00</text>", ">2.00</text>", ">500,000</text>", ">2,000,000<")
        .doesNotContain(">0.5200<", ">420,000<", ">2,100,000<");
  }

  @Test
  void shouldKeepALongLegendWithinThePlot() {
    List<Plot.Curve> curves =
        IntStream.rangeClosed(1, 40)
            .mapToObj(
                run ->
                    new Plot.Curve(
                        "run " + run, List.of(new Plot.Point(0, 1), new Plot.Point(1, run))))
            .toList();
    Plot plot = Plot.of("many", Plot.Axis.linear("s"), Plot.Axis.linear("orders/s"), curves);
    assertThat(
            Pattern.compile("y=\"([0-9.]+)\" text-anchor=\"start\">run").matcher(SvgPlot.of(plot)))
        .satisfies(
            legend ->
                assertThat(legend.results().map(line -> Double.parseDouble(line.group(1))))
                    .hasSize(40)
                    .allMatch(y -> y < 270));
  }

  @Test
  void shouldKnowAPageThatItHasWritten() throws IOException {
    Path file = directory.resolve("report.html");
    assertThat(HtmlReport.isThere(file)).isFalse();
    HtmlReport.write(file, "Verdant", List.of(), Result.of(THROUGHPUT));
    assertThat(HtmlReport.isThere(file)).isTrue();
    Files.writeString(file, "<!DOCTYPE html>\n<html lang=\"en\"><head></head></html>");
    assertThat(HtmlReport.isThere(file)).isFalse();
  }

  @Test
  void shouldLeaveOutAPlotWithoutACurve() throws IOException {
    Path file = directory.resolve("report.html");
    HtmlReport.write(
        file,
        "Verdant",
        List.of(),
        new Result(
            List.of(THROUGHPUT),
            List.of(
                plotOf("a moment", new Plot.Point(1, 1)),
                plotOf("two moments", new Plot.Point(1, 1), new Plot.Point(2, 1)))));
    assertThat(Files.readString(file)).contains("two moments").doesNotContain("a moment");
  }

  private static Plot plotOf(String title, Plot.Point... points) {
    return Plot.of(
        title,
        Plot.Axis.linear("s"),
        Plot.Axis.linear("orders/s"),
        List.of(new Plot.Curve("run 1", List.of(points))));
  }

  @Test
  void shouldSayWhereAValueIsOfOneRun() {
    Row one = Row.of("memory-21m", "GiB", 11);
    assertThat(one.tellingOneRun().note()).isEqualTo("one run");
    assertThat(one.withNote("off heap").tellingOneRun().note()).isEqualTo("one run; off heap");
    assertThat(THROUGHPUT.tellingOneRun()).isEqualTo(THROUGHPUT);
  }

  @Test
  void shouldSumTheParts() {
    assertThat(
            RowTable.ofParts(
                List.of(
                    new Part("server", 61.5, OptionalDouble.of(2.25)),
                    new Part("peer", 8.5, OptionalDouble.of(1.5)))))
        .containsPattern("all +70.00 +3.75");
  }

  @Test
  void shouldTellNoSumOfWhatIsNotKnownOfEachPart() {
    assertThat(
            RowTable.ofParts(
                List.of(
                    new Part("server", 61.5, OptionalDouble.of(2.25)),
                    new Part("peer", 8.5, OptionalDouble.empty()))))
        .containsPattern("all +70.00 *\n");
  }
}
