package dev.verdant.memory;

/** Gives the bytes that a {@link BlockSink} has taken, in the same order, in runs of any length. */
public interface BlockSource {
  /**
   * Gives a run.
   *
   * @param address where it goes.
   * @param length in bytes, 1 or more.
   */
  void read(long address, int length);
}
