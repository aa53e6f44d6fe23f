package dev.verdant.bench.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a part of a campaign took, preparation included.
 *
 * @param name of the part.
 * @param seconds from its start to its end.
 * @param stolenSeconds that the host took from the machine's processors meanwhile, of all of them
 *     together; empty where the system does not tell.
 */
public record Part(String name, double seconds, OptionalDouble stolenSeconds) {
  /** The sum of all parts; what was stolen only if it is known of each. */
  static Part all(List<Part> parts) {
    final boolean known = parts.stream().allMatch(part -> part.stolenSeconds().isPresent());
    return new Part(
        "all",
        parts.stream().mapToDouble(Part::seconds).sum(),
        known
            ? OptionalDouble.of(
                parts.stream().mapToDouble(part -> part.stolenSeconds().orElseThrow()).sum())
            : OptionalDouble.empty());
  }
}
