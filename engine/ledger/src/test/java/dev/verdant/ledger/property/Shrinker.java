package dev.verdant.ledger.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a short list that still fails: leaves out ever smaller stretches of commands. */
final class Shrinker {
  private Shrinker() {}

  static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    List<T> shortest = failing;
    for (int stretch = failing.size() / 2; stretch >= 1; stretch /= 2) {
      for (int from = shortest.size() - stretch; from >= 0; from -= stretch) {
        List<T> shorter = new ArrayList<>(shortest.subList(0, from));
        shorter.addAll(
            shortest.subList(Math.min(from + stretch, shortest.size()), shortest.size()));
        if (fails.test(shorter)) {
          shortest = shorter;
        }
      }
    }
    return shortest;
  }
}
