package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was answered a second at each rate that an open loop offered: whether it was kept. */
final class AchievedRates {
  /** A run is short: its last replies, and a stall of a few milliseconds, are no saturation. */
  private static final double KEPT = 0.95;

  private record Rate(double offered, double achieved) {
    boolean isKept() {
      return achieved >= KEPT * offered;
    }
  }

  private final List<Rate> rates = new ArrayList<>();

  void add(double offered, double achieved) {
    rates.add(new Rate(offered, achieved));
  }

  /** From the highest rate that was kept to the highest offered. */
  List<Plot.Span> saturated() {
    final double kept =
        rates.stream().filter(Rate::isKept).mapToDouble(Rate::offered).max().orElse(0);
    final double most = rates.stream().mapToDouble(Rate::offered).max().orElse(0);
    return kept < most ? List.of(new Plot.Span(kept, most)) : List.of();
  }

  /** Names the rates that were not kept. */
  String caption() {
    final String missed =
        rates.stream()
            .filter(rate -> !rate.isKept())
            .map(
                rate ->
                    String.format(Locale.ROOT, "%,.0f of %,.0f", rate.achieved(), rate.offered()))
            .collect(Collectors.joining(", "));
    return missed.isEmpty()
        ? "Every rate offered was kept."
        : "Not kept, orders answered a second of those offered: "
            + missed
            + ". Shaded: beyond the highest rate that was kept. A latency at a rate that was not"
            + " kept grows with the length of the run.";
  }
}
