package dev.verdant.ledger.view;

/**
 * One pool.
 *
 * @param pool id.
 * @param period number of the last one opened, 0 before the first.
 * @param value at which it opened, in 1/100 point.
 * @param issued points, less what refunds took back, in 1/100 point.
 */
public record PoolView(int pool, int period, long value, long issued) {}
