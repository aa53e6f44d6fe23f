package dev.verdant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final Row LATENCY = Row.of("lone", "us", 20, 30).withLimit(10);

  @Test
  void shouldPrintValuesRatiosAndWhetherItIsBetterByTheBar() {
    Row before =
        Row.of("tcp", "orders/s", 1_900_000, 2_000_000, 2_100_000)
            .withLimit(4_000_000)
            .withBar(Bar.atLeast(2_500_000));
    Row after =
        Row.of("tcp", "orders/s", 2_900_000, 3_100_000)
            .withLimit(8_000_000)
            .withBar(Bar.atLeast(2_500_000));
    assertThat(lineOf(before, after))
        .containsPattern(
            "tcp +orders/s +2,000,000 +3,000,000 +1\\.500 +better +apart +0\\.5000 +0\\.3750 +worse"
                + " +>= 2,500,000 +NO -> yes");
    assertThat(lineOf(after, before)).containsPattern("0\\.667 +worse +apart .*better");
  }

  @Test
  void shouldTakeLessForBetterWhereTheBarIsTheMostAllowed() {
    Row barred = LATENCY.withBar(Bar.atMost(15));
    assertThat(lineOf(LATENCY, Row.of("lone", "us", 5).withBar(Bar.atMost(15))))
        .containsPattern("0\\.200 +better");
    assertThat(lineOf(barred, Row.of("lone", "us", 50))).containsPattern("2\\.000 +worse");
  }

  @Test
  void shouldSayNoMoreThanMoreOrLessWithoutABar() {
    assertThat(lineOf(LATENCY, Row.of("lone", "us", 21, 31)))
        .containsPattern("1\\.040 +more +overlap")
        .doesNotContain("->");
    assertThat(lineOf(LATENCY, Row.of("lone", "us", 5, 5))).containsPattern("0\\.200 +less +apart");
  }

  @Test
  void shouldSayThatOneRunCannotTell() {
    assertThat(lineOf(Row.of("heap", "MiB", 1), Row.of("heap", "MiB", 2)))
        .containsPattern("2\\.000 +more +one run cannot tell");
    assertThat(lineOf(LATENCY, Row.of("lone", "us", 5)))
        .containsPattern("0\\.200 +less +one run cannot tell");
  }

  @Test
  void shouldWarnOfACampaignThatIsNotComplete() {
    Result half = Result.of(LATENCY).incomplete("no room");
    String difference =
        Difference.of(
            new Campaign(Circumstances.UNKNOWN, Result.of(LATENCY).complete().rows()),
            new Campaign(Circumstances.UNKNOWN, half.rows()));
    assertThat(difference)
        .startsWith("WARNING: the candidate is not complete, rows are missing: no room\n")
        .containsPattern("campaign-complete .* worse .* yes -> NO");
  }

  @Test
  void shouldNotCompareValuesOfOtherUnits() {
    String line = lineOf(Row.of("stall", "us", 1000), Row.of("stall", "ms", 1));
    assertThat(line).containsPattern("us against ms +1,000 +1\\.00 +not comparable");
    assertThat(line).doesNotContain("0.001", "apart");
  }

  @Test
  void shouldTellZeroInWords() {
    Row none = Row.of("stall", "us", 0).withLimit(0);
    assertThat(lineOf(none, none)).containsPattern("1\\.000 +same +overlap");
    assertThat(lineOf(none, Row.of("stall", "us", 3).withBar(Bar.atMost(1))))
        .containsPattern("from 0 +worse")
        .doesNotContain("Infinity", "NaN");
    assertThat(lineOf(Row.of("stall", "us", 3), none)).containsPattern("0\\.000 +less");
  }

  @Test
  void shouldGiveNoRatioToAValueBelowZero() {
    assertThat(lineOf(Row.of("above", "ms", -1), Row.of("above", "ms", 2)))
        .containsPattern("-1\\.00 +2\\.00 +more");
  }

  @Test
  void shouldNameTheRowsThatOnlyOneHas() {
    String difference =
        Difference.of(
            new Campaign(Circumstances.UNKNOWN, List.of(LATENCY)),
            new Campaign(Circumstances.UNKNOWN, List.of(Row.of("release", "ms", 1))));
    assertThat(difference).containsPattern("lone +us +25\\.00 +gone +2\\.50");
    assertThat(difference).containsPattern("release +ms +1\\.00 +new");
  }

  @Test
  void shouldWarnAtTheTopOfAnotherMachineRuntimeOrSize() {
    Circumstances there = circumstances("EPYC", "17.0.9", "true", "abc");
    Circumstances here = circumstances("Xeon", "25", "false", "def");
    String difference =
        Difference.of(new Campaign(there, List.of()), new Campaign(here, List.of()));
    assertThat(difference)
        .startsWith(
            "WARNING: not the same cpu (EPYC against Xeon), jdk (17.0.9 against 25),"
                + " quick (true against false): ")
        .contains("baseline: unknown, commit abc\n", "candidate: unknown, commit def\n");
  }

  @Test
  void shouldNotWarnOfAnotherCommitOrOfWhereResultsWent() {
    Circumstances there = circumstances("EPYC", "25", "false", "abc");
    Map<String, String> facts = new LinkedHashMap<>(there.facts());
    facts.put(Circumstances.COMMIT, "def");
    facts.put(Circumstances.DATE, "2026-11-30T00:00:00Z");
    facts.put(Circumstances.COMMAND, "verdant bench compare --json other.json");
    assertThat(
            Difference.of(
                new Campaign(there, List.of()), new Campaign(new Circumstances(facts), List.of())))
        .startsWith("baseline: ");
  }

  @Test
  void shouldWarnOfACampaignThatDoesNotTellItsCircumstances() {
    assertThat(
            Difference.of(
                new Campaign(Circumstances.UNKNOWN, List.of()),
                new Campaign(circumstances("EPYC", "25", "false", "def"), List.of())))
        .startsWith("WARNING: not the same cpu (unknown against EPYC), ")
        .contains("baseline: does not tell when, where and how it was measured\n");
  }

  private static Circumstances circumstances(String cpu, String jdk, String quick, String commit) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Circumstances.COMMIT, commit);
    facts.put(Circumstances.CPU, cpu);
    facts.put(Circumstances.JDK, jdk);
    facts.put("quick", quick);
    return new Circumstances(facts);
  }

  /** The line of the only row that both have. */
  private static String lineOf(Row before, Row after) {
    return Difference.of(
            new Campaign(Circumstances.UNKNOWN, List.of(before)),
            new Campaign(Circumstances.UNKNOWN, List.of(after)))
        .lines()
        .filter(line -> line.startsWith(after.name() + " "))
        .findFirst()
        .orElseThrow();
  }
}
