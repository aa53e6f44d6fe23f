package dev.verdant.bench.campaign;

import dev.verdant.bench.limit.StolenTime;
import dev.verdant.bench.report.Part;
import java.util.OptionalDouble;

/** Runs from its making on, for one part of a campaign. */
final class PartClock {
  private static final double NANOS_PER_SECOND = 1e9;

  private final long startNanos = System.nanoTime();
  private final OptionalDouble stolenBefore = StolenTime.seconds();

  /** Seconds so far. */
  double seconds() {
    return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
  }

  /** The part that has taken what the clock shows. */
  Part part(String name) {
    final OptionalDouble stolen = StolenTime.seconds();
    return new Part(
        name,
        seconds(),
        stolen.isPresent() && stolenBefore.isPresent()
            ? OptionalDouble.of(stolen.getAsDouble() - stolenBefore.getAsDouble())
            : OptionalDouble.empty());
  }
}
