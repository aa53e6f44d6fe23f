package dev.verdant.ledger.model;

import java.math.BigInteger;

/** One balance or total; it must fit signed 64 bits when a command has ended. */
final class Cell {
  private BigInteger value = BigInteger.ZERO;

  BigInteger value() {
    return value;
  }

  void add(BigInteger amount, Changes changes) {
    set(value.add(amount), changes);
  }

  void subtract(BigInteger amount, Changes changes) {
    set(value.subtract(amount), changes);
  }

  void set(BigInteger newValue, Changes changes) {
    BigInteger old = value;
    changes.note(this, () -> value = old);
    value = newValue;
  }
}
