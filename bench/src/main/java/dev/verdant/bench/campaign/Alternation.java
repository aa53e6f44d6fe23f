package dev.verdant.bench.campaign;

import dev.verdant.bench.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several that are compared with each other, each run in turn, round after round: what the machine
 * does to one it does to all. The first round warms up and is not counted.
 */
final class Alternation {
  private final Settings settings;
  private final Map<String, Contender> contenders = new LinkedHashMap<>();
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();

  Alternation(Settings settings) {
    this.settings = settings;
  }

  /** One of those that are compared. */
  @FunctionalInterface
  interface Contender {
    /** Runs once; returns orders a second. */
    double run() throws IOException;
  }

  /** Adds one; they run in the order in which they were added. */
  Alternation with(String row, Contender contender) {
    contenders.put(row, contender);
    rates.put(row, new ArrayList<>());
    return this;
  }

  /**
   * Runs all rounds.
   *
   * @throws IOException if a contender has ended.
   */
  void run() throws IOException {
    for (int round = 0; round <= settings.runs(); round++) {
      final Map<String, Double> found = new LinkedHashMap<>();
      for (final var contender : contenders.entrySet()) {
        found.put(contender.getKey(), contender.getValue().run());
      }
      if (round > 0) {
        found.forEach((row, rate) -> rates.get(row).add(rate));
      }
      settings.say("%s: %s", round == 0 ? "warm-up" : "run " + round, text(found));
    }
  }

  private static String text(Map<String, Double> found) {
    return found.entrySet().stream()
            .map(rate -> String.format(Locale.ROOT, "%s %,.0f", rate.getKey(), rate.getValue()))
            .collect(Collectors.joining(", "))
        + " orders/s";
  }

  /** All rounds of one. */
  Row row(String name) {
    return Row.of(name, "orders/s", rates.get(name));
  }

  /** How many times another's rate one's is, round by round. */
  Row times(String name, String one, String other) {
    final List<Double> times = new ArrayList<>();
    for (int round = 0; round < settings.runs(); round++) {
      times.add(rates.get(one).get(round) / rates.get(other).get(round));
    }
    return Row.of(name, "times", times);
  }
}
