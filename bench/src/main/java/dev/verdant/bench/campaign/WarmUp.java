package dev.verdant.bench.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Runs of a process that is new, none of which counts: its compilers work in the first ones, and
 * the system finds its memory.
 */
final class WarmUp {
  /** A run that is so much faster than the one before has left something to be done. */
  private static final double STILL_WARMING = 1.1;

  /** They take time of a campaign, on slow machines most. */
  private static final int MOST_RUNS = 3;

  private WarmUp() {}

  /** Until one is hardly faster than the one before, or so often; returns what each gave. */
  static List<Double> run(DoubleSupplier run) {
    final List<Double> rates = new ArrayList<>();
    double before;
    do {
      before = rates.isEmpty() ? 0 : rates.get(rates.size() - 1);
      rates.add(run.getAsDouble());
    } while (rates.size() < MOST_RUNS && rates.get(rates.size() - 1) >= before * STILL_WARMING);
    return rates;
  }
}
