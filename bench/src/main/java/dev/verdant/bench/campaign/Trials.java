package dev.verdant.bench.campaign;

import java.io.IOException;
import java.util.List;

/** Short runs beforehand that choose how a peer does best, as a careful user would. */
final class Trials {
  private Trials() {}

  /** One way to run a peer. */
  @FunctionalInterface
  interface Trial<T> {
    /** Runs so once; returns orders a second. */
    double run(T choice) throws IOException;
  }

  /**
   * The choice that was fastest, each tried once; the first of equals.
   *
   * @param choices at least one.
   * @throws IOException if the peer has ended.
   */
  static <T> T best(Settings settings, String peer, List<T> choices, Trial<T> trial)
      throws IOException {
    T best = choices.get(0);
    double most = 0;
    for (final T choice : choices) {
      final double rate = trial.run(choice);
      settings.say("%s: %,.0f orders/s with %s", peer, rate, choice);
      if (rate > most) {
        most = rate;
        best = choice;
      }
    }
    return best;
  }
}
