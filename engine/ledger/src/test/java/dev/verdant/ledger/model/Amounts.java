package dev.verdant.ledger.model;

/** The amounts that a command may name, rulebook section 1. */
final class Amounts {
  private static final long MOST = 1_000_000_000_000_000L;

  private Amounts() {}

  static boolean isValid(long amount) {
    return amount >= 1 && amount <= MOST;
  }
}
