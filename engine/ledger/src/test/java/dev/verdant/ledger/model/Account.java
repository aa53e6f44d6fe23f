package dev.verdant.ledger.model;

import java.util.HashMap;
import java.util.Map;

/** An account and its lots, rulebook section 3. */
final class Account {
  final long id;
  final Kind kind;
  AccountState status = AccountState.ACTIVE;
  int pool;
  int plan;
  Integer concessionBps;

  /** Links to other accounts; 0 is none. */
  long referrer;

  long marketer;
  long district;
  long provincial;
  boolean hasOrdered;

  final Cell coupon = new Cell();
  final Cell pending = new Cell();
  final Cell coin = new Cell();
  final Cell payable = new Cell();
  final Cell reserve = new Cell();
  final Cell commission = new Cell();
  final Cell turnover = new Cell();
  final Cell monthConsumption = new Cell();
  final Cell monthCredited = new Cell();
  final Map<Cohort, Lot> lots = new HashMap<>();

  Account(long id, Kind kind) {
    this.id = id;
    this.kind = kind;
  }

  boolean isActive() {
    return status == AccountState.ACTIVE;
  }

  /** The points of one account in one cohort, and what they have released to it so far. */
  static final class Lot {
    final Cell points = new Cell();
    final Cell accrued = new Cell();
  }
}
