package dev.verdant.ledger.model;

/** One pool as it is shown: value and issued in cp. */
public record PoolView(int pool, int period, long value, long issued) {}
