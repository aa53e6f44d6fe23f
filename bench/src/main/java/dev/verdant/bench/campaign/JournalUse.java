package dev.verdant.bench.campaign;

/**
 * What a server's journal was given.
 *
 * @param orders that it keeps, with the few other commands between them.
 * @param batches in which they came, one excerpt each.
 * @param forces that replies waited for.
 */
record JournalUse(double orders, double batches, double forces) {
  /** What came since. */
  JournalUse since(JournalUse before) {
    return new JournalUse(orders - before.orders, batches - before.batches, forces - before.forces);
  }

  /** On average, 1 or more. */
  double ordersABatch() {
    return orders / batches;
  }

  /** On average, 0 to 1: a force covers all batches before it. */
  double forcesABatch() {
    return forces / batches;
  }
}
