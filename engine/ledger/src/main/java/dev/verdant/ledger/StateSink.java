package dev.verdant.ledger;

import dev.verdant.memory.BlockSink;

/** Takes a ledger's state, part by part. */
public interface StateSink extends BlockSink {
  /**
   * Begins the next part, whose bytes follow.
   *
   * @param part in the order of {@link StatePart}.
   * @param length of all its bytes, 0 or more.
   */
  void begin(StatePart part, long length);
}
