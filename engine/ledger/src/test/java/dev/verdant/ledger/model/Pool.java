package dev.verdant.ledger.model;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pool with its cohorts by plan, then entry period; rulebook section 6. */
final class Pool {
  final int id;
  final Cell issued = new Cell();
  int period;
  BigInteger value = BigInteger.ZERO;
  long lastOpenedDay;
  Long lastRunDay;
  final Map<Integer, Map<Integer, Cohort>> cohorts = new TreeMap<>();

  Pool(int id) {
    this.id = id;
  }

  List<Cohort> living() {
    return cohorts.values().stream()
        .flatMap(entries -> entries.values().stream())
        .filter(cohort -> !cohort.exited)
        .toList();
  }
}
