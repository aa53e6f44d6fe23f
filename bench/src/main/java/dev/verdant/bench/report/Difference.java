package dev.verdant.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Two campaigns row by row, as text: an earlier one, the baseline, and a candidate. Above the rows
 * stands what else than the commit makes them differ, and which of them is not whole. Whether the
 * ranges of a row are apart is said where both have several runs: one has no range.
 */
public final class Difference {
  private static final List<String> HEAD =
      List.of(
          "row",
          "unit",
          "baseline",
          "candidate",
          "ratio",
          "is",
          "ranges",
          "baseline/limit",
          "candidate/limit",
          "by limit is",
          "bar",
          "held");

  private Difference() {}

  /** Rows in the order of the candidate, then those that only the baseline has. */
  public static String of(Campaign baseline, Campaign candidate) {
    final Map<String, Row> before = new LinkedHashMap<>();
    baseline.rows().forEach(row -> before.put(row.name(), row));
    final List<List<String>> cells = new ArrayList<>();
    cells.add(HEAD);
    for (final Row after : candidate.rows()) {
      final Row row = before.remove(after.name());
      cells.add(row == null ? added(after) : compared(row, after));
    }
    before.values().forEach(row -> cells.add(gone(row)));
    return unfinished("baseline", baseline)
        + unfinished("candidate", candidate)
        + circumstances(baseline.circumstances(), candidate.circumstances())
        + TextTable.aligned(cells);
  }

  private static String unfinished(String which, Campaign campaign) {
    return campaign.rows().stream()
        .filter(row -> row.name().equals(Row.COMPLETE) && row.value() < 1)
        .map(row -> "WARNING: the " + which + " is not complete, " + row.note() + "\n")
        .collect(Collectors.joining());
  }

  private static String circumstances(Circumstances baseline, Circumstances candidate) {
    return warning(baseline, candidate)
        + origin("baseline", baseline)
        + origin("candidate", candidate);
  }

  private static String warning(Circumstances baseline, Circumstances candidate) {
    final List<String> differences = baseline.differences(candidate);
    return differences.isEmpty()
        ? ""
        : "WARNING: not the same "
            + String.join(", ", differences)
            + ": values cannot be compared, their ratios to the limits of their own run at best\n";
  }

  private static String origin(String which, Circumstances circumstances) {
    return circumstances.facts().isEmpty()
        ? which + ": does not tell when, where and how it was measured\n"
        : String.format(
            "%s: %s, commit %s%n",
            which,
            circumstances.fact(Circumstances.DATE),
            circumstances.fact(Circumstances.COMMIT));
  }

  private static List<String> added(Row row) {
    return List.of(
        row.name(),
        row.unit(),
        "",
        Figures.text(row.value()),
        "",
        "new",
        "",
        "",
        RowTable.text(row.ratio()),
        "",
        RowTable.bar(row),
        RowTable.holds(row));
  }

  private static List<String> gone(Row row) {
    return List.of(
        row.name(),
        row.unit(),
        Figures.text(row.value()),
        "",
        "",
        "gone",
        "",
        RowTable.text(row.ratio()),
        "",
        "",
        RowTable.bar(row),
        RowTable.holds(row));
  }

  private static List<String> compared(Row before, Row after) {
    final boolean comparable = before.unit().equals(after.unit());
    final Optional<Bar> bar = after.bar().or(before::bar);
    final boolean limited = before.ratio().isPresent() && after.ratio().isPresent();
    return List.of(
        after.name(),
        comparable ? after.unit() : before.unit() + " against " + after.unit(),
        Figures.text(before.value()),
        Figures.text(after.value()),
        comparable ? ratio(before.value(), after.value()) : "",
        comparable ? verdict(before.value(), after.value(), bar) : "not comparable",
        comparable ? ranges(before, after) : "",
        RowTable.text(before.ratio()),
        RowTable.text(after.ratio()),
        comparable && limited
            ? verdict(before.ratio().orElseThrow(), after.ratio().orElseThrow(), bar)
            : "",
        RowTable.bar(after.bar().isPresent() ? after : before),
        bar.isPresent() ? RowTable.holds(before) + " -> " + RowTable.holds(after) : "");
  }

  /** Empty where values below zero make it say nothing. */
  private static String ratio(double before, double after) {
    if (before == after) {
      return "1.000";
    }
    if (before == 0) {
      return "from 0";
    }
    return before > 0 && after >= 0 ? String.format(Locale.ROOT, "%.3f", after / before) : "";
  }

  private static String verdict(double before, double after, Optional<Bar> bar) {
    if (before == after) {
      return "same";
    }
    final boolean more = after > before;
    return bar.map(b -> more == b.atLeast() ? "better" : "worse").orElse(more ? "more" : "less");
  }

  private static String ranges(Row before, Row after) {
    if (after.name().equals(Row.COMPLETE)) {
      return "";
    }
    final boolean told = before.runs().size() > 1 && after.runs().size() > 1;
    if (!told && before.value() != after.value()) {
      return "one run cannot tell";
    }
    return after.least() > before.most() || after.most() < before.least() ? "apart" : "overlap";
  }
}
