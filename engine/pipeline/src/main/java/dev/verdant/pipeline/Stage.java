package dev.verdant.pipeline;

/**
 * One step on the way of a command, handed whole batches. Driven by one thread at a time, which
 * need not be the stage's own ({@link StageProcessor}).
 */
interface Stage {
  /**
   * Takes the places {@code first..last} of the ring.
   *
   * <p>An exception makes the engine fail; the stage is then handed the same batch again, and in a
   * failed engine a stage does no more than what answers ENGINE_FAILED.
   */
  void onBatch(long first, long last);

  /**
   * Called whenever no batch is left, often while the stage's thread spins, and after batches that
   * another thread has carried on; not at all while nobody is at it. An exception makes the engine
   * fail.
   */
  default void onIdle() {}

  /**
   * Does what other threads have asked for ({@link Errands}); called between batches, on the
   * stage's own thread only, since it may take long. An exception makes the engine fail.
   */
  default void runErrands() {}

  /** Says, before the stage's thread starts, what wakes that thread. */
  default void wakeBy(Doorbell doorbell) {}

  /** Called once, on the stage's own thread, after the last batch. */
  default void onStop() {}
}
