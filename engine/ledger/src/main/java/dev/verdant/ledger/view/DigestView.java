package dev.verdant.ledger.view;

/**
 * A digest of the whole state: equal for ledgers with equal commands.
 *
 * @param high bits 64 to 127.
 * @param low bits 0 to 63.
 */
public record DigestView(long high, long low) {}
