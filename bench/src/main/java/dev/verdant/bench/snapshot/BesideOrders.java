package dev.verdant.bench.snapshot;

/** What goes on beside orders, and what the writer does for it, on its own thread. */
interface BesideOrders {
  /** Nothing. */
  BesideOrders NOTHING =
      new BesideOrders() {
        @Override
        public void startsAt(long nanos) {}

        @Override
        public void betweenBatches() {}
      };

  /** A run starts at this moment of {@link System#nanoTime}. */
  void startsAt(long nanos);

  /** Called before each batch, in its time. */
  void betweenBatches();
}
