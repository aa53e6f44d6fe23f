package dev.verdant.memory;

/** Takes bytes of off-heap memory, one run after the other. */
public interface BlockSink {
  /**
   * Takes a run.
   *
   * @param address of its first byte, good during the call only.
   * @param length in bytes, 1 or more.
   */
  void write(long address, int length);
}
