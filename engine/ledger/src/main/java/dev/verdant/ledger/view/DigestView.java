package dev.verdant.ledger.view;

/**
 * A digest of the whole state: equal for ledgers with equal commands.
 *
 * @param low 64 bits.
 * @param high 64 bits.
 */
public record DigestView(long low, long high) {}
