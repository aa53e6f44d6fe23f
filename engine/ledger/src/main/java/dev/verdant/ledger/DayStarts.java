package dev.verdant.ledger;

import java.util.Arrays;

/**
 * Where each business day begins in the queue of transactions: what expiry must know of records,
 * which it so need not read. One entry for each row of records with the same day.
 */
final class DayStarts {
  private int[] days;
  private int[] slots;
  private int first;
  private int count;

  DayStarts() {
    days = new int[16];
    slots = new int[16];
  }

  private DayStarts(DayStarts live) {
    days = live.days.clone();
    slots = live.slots.clone();
    first = live.first;
    count = live.count;
  }

  /** The same as of now. */
  DayStarts copy() {
    return new DayStarts(this);
  }

  /** Tells or takes all of them. */
  void exchange(StateWords words) {
    final int entries = words.word(count);
    for (int i = 0; i < entries; i++) {
      final int at = place(i);
      final int day = words.word(i < count ? days[at] : 0);
      final int slot = words.word(i < count ? slots[at] : 0);
      if (i >= count) {
        append(day, slot);
      }
    }
  }

  /** Notes the newest record. */
  void add(int day, int slot) {
    if (count == 0 || days[place(count - 1)] != day) {
      append(day, slot);
    }
  }

  private void append(int day, int slot) {
    if (count == days.length) {
      grow();
    }
    final int at = place(count++);
    days[at] = day;
    slots[at] = slot;
  }

  private void grow() {
    final int length = days.length;
    final int[] grownDays = Arrays.copyOf(days, 2 * length);
    final int[] grownSlots = Arrays.copyOf(slots, 2 * length);
    for (int i = 0; i < count; i++) {
      grownDays[i] = days[place(i)];
      grownSlots[i] = slots[place(i)];
    }
    days = grownDays;
    slots = grownSlots;
    first = 0;
  }

  /** Day of the oldest record; there must be one. */
  int oldest() {
    return days[first];
  }

  /** Notes that a record is the oldest now. */
  void oldestIs(int slot) {
    if (count > 1 && slots[place(1)] == slot) {
      first = place(1);
      count--;
    }
  }

  /** Notes that there is no record any more. */
  void clear() {
    count = 0;
  }

  private int place(int number) {
    return (first + number) & (days.length - 1);
  }
}
