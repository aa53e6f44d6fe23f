package dev.verdant.ledger.model;

/** Status of an account, rulebook section 3. */
public enum AccountState {
  ACTIVE,
  FROZEN,
  CLOSED
}
