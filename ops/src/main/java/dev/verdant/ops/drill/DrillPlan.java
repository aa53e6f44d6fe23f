package dev.verdant.ops.drill;

import dev.verdant.ops.drill.injection.InjectionKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which rounds a drill has; the same for the same seed. */
final class DrillPlan {
  /**
   * The rounds, in order. A plan of fewer rounds than there are kinds has the first ones of these,
   * any other has them all.
   *
   * @param rounds number of them.
   * @param only kind of all rounds; all kinds if empty.
   */
  static List<InjectionKind> of(int rounds, long seed, Optional<InjectionKind> only) {
    if (only.isPresent()) {
      return Collections.nCopies(rounds, only.get());
    }
    Random random = new Random(seed);
    List<InjectionKind> kinds = Arrays.asList(InjectionKind.values());
    List<InjectionKind> plan = new ArrayList<>();
    plan.addAll(shuffled(kinds.subList(0, Math.min(rounds, kinds.size())), random));
    List<InjectionKind> weighted = new ArrayList<>();
    for (InjectionKind kind : kinds) {
      weighted.addAll(Collections.nCopies(kind.weight(), kind));
    }
    while (plan.size() < rounds) {
      plan.addAll(shuffled(weighted, random));
    }
    return plan.subList(0, rounds);
  }

  private static List<InjectionKind> shuffled(List<InjectionKind> kinds, Random random) {
    List<InjectionKind> copy = new ArrayList<>(kinds);
    Collections.shuffle(copy, random);
    return copy;
  }

  private DrillPlan() {}
}
