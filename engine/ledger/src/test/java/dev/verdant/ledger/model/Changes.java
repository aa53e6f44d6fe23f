package dev.verdant.ledger.model;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** What one command has changed: checked for overflow at its end, or taken back. */
final class Changes {
  private static final int MOST_BITS = 63;

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final Set<Cell> touched = Collections.newSetFromMap(new IdentityHashMap<>());

  void begin() {
    undo.clear();
    touched.clear();
  }

  /** Notes a change that is no amount. */
  void note(Runnable takeBack) {
    undo.push(takeBack);
  }

  void note(Cell cell, Runnable takeBack) {
    touched.add(cell);
    undo.push(takeBack);
  }

  /** Refuses the command with OVERFLOW where a balance or total has left signed 64 bits. */
  void requireNoOverflow() {
    for (Cell cell : touched) {
      Refusal.unless(cell.value().bitLength() <= MOST_BITS, ModelStatus.OVERFLOW);
    }
  }

  void takeBack() {
    undo.forEach(Runnable::run);
    begin();
  }
}
