package dev.verdant.ledger;

import dev.verdant.memory.BlockSource;

/** Gives back what a {@link StateSink} has taken. */
public interface StateSource extends BlockSource {
  /**
   * Begins the next part, in the order of {@link StatePart}.
   *
   * @return its length in bytes.
   */
  long begin(StatePart part);
}
