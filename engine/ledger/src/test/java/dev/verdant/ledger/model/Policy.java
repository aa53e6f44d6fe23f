package dev.verdant.ledger.model;

/** When a referrer is rewarded, rulebook section 2. */
public enum Policy {
  EVERY_ORDER,
  FIRST_ORDER,
  NONE
}
