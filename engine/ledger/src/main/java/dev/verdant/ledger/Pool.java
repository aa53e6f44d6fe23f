package dev.verdant.ledger;

import java.util.Arrays;

/** A pool's state (rulebook section 6). Its parameters are in the {@link Program}. */
final class Pool {
  static final int NEVER = Integer.MIN_VALUE;

  final int id;

  /** Number of the last period opened, 0 before the first. */
  int period;

  /** Value at which the last period opened, 1/100 point. */
  long value;

  /** All points issued into it, less what refunds took back, 1/100 point. */
  long issued;

  /** Business day of the last period's opening. */
  int lastOpenedDay = NEVER;

  /** Business day of the last run. */
  int lastRunDay = NEVER;

  /** Numbers of its cohorts that have not exited, in the first {@link #activeCount} entries. */
  int[] active;

  int activeCount;

  /** The cohort that points issued now enter, by plan number in the program; 0 where none yet. */
  int[] current;

  Pool(int id) {
    this.id = id;
    active = new int[16];
    current = new int[4];
  }

  private Pool(Pool live) {
    id = live.id;
    period = live.period;
    value = live.value;
    issued = live.issued;
    lastOpenedDay = live.lastOpenedDay;
    lastRunDay = live.lastRunDay;
    active = live.active.clone();
    activeCount = live.activeCount;
    current = live.current.clone();
  }

  /** Tells or takes all of it but the id. */
  void exchange(StateWords words) {
    period = words.word(period);
    value = words.word(value);
    issued = words.word(issued);
    lastOpenedDay = words.word(lastOpenedDay);
    lastRunDay = words.word(lastRunDay);
    activeCount = words.word(activeCount);
    active = Arrays.copyOf(active, Math.max(active.length, activeCount));
    for (int i = 0; i < activeCount; i++) {
      active[i] = words.word(active[i]);
    }
    current = Arrays.copyOf(current, words.word(current.length));
    for (int i = 0; i < current.length; i++) {
      current[i] = words.word(current[i]);
    }
  }

  /** The pool as it is now. */
  Pool copy() {
    return new Pool(this);
  }
}
