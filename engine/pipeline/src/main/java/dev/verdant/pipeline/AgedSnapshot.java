package dev.verdant.pipeline;

import dev.verdant.ledger.LedgerSnapshot;

/**
 * A snapshot and when it was the newest state.
 *
 * @param snapshot for one thread, to be closed by it.
 * @param asOfNanos on the engine's nanosecond clock.
 */
record AgedSnapshot(LedgerSnapshot snapshot, long asOfNanos) {}
