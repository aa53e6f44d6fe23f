package dev.verdant.ledger.model;

/** Kinds of accounts, rulebook section 3. */
public enum Kind {
  CONSUMER,
  MERCHANT,
  MARKETER,
  DISTRICT_AGENT,
  PROVINCIAL_AGENT;

  boolean isMember() {
    return this == CONSUMER || this == MERCHANT;
  }
}
