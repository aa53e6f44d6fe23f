package dev.verdant.ledger.model;

import java.math.BigInteger;

/** Points of one pool and plan that entry in one period joins, rulebook section 6. */
final class Cohort {
  /** 1 as a release ratio. */
  static final BigInteger ONE = BigInteger.TEN.pow(12);

  final Pool pool;
  final int plan;
  final int entryPeriod;
  final Cell points = new Cell();
  final Cell liability = new Cell();
  final Cell due = new Cell();
  final Cell paid = new Cell();
  int releases;
  BigInteger firstValue;
  boolean exited;

  Cohort(Pool pool, int plan, int entryPeriod) {
    this.pool = pool;
    this.plan = plan;
    this.entryPeriod = entryPeriod;
  }

  /** What so many points of this cohort have released. */
  BigInteger released(BigInteger ofPoints) {
    return ofPoints.multiply(paid.value()).divide(ONE);
  }
}
