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
  int[] active = new int[16];

  int activeCount;

  /** The cohort that points issued now enter, by plan number in the program; 0 where none yet. */
  int[] current = new int[4];

  Pool(int id) {
    this.id = id;
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
    final Pool copy = new Pool(id);
    copy.period = period;
    copy.value = value;
    copy.issued = issued;
    copy.lastOpenedDay = lastOpenedDay;
    copy.lastRunDay = lastRunDay;
    copy.active = active.clone();
    copy.activeCount = activeCount;
    copy.current = current.clone();
    return copy;
  }
}
