package dev.verdant.ledger.model;

/** The balances that a payout can draw on, rulebook section 8. */
public enum Balance {
  PAYABLE,
  COMMISSION
}
