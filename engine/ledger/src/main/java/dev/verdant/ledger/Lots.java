package dev.verdant.ledger;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import dev.verdant.memory.Records;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;

/**
 * The lots: an account's points in one cohort. An account's {@linkplain LotLine lines} of them are
 * chained, newest first, one lot per cohort. Lots of exited cohorts are given back when their
 * account next catches up, and a line with its last lot.
 *
 * <p>What a lot has accrued is not kept: it is floor(points * paid / ONE) with the cohort's ratio
 * as of the account's last catching up ({@link Cohort#paidAt}), so that catching up changes no lot.
 */
final class Lots {
  static final int RECORD_BYTES = LotLine.BYTES;

  private static final SegmentLayout LAYOUT = SegmentLayout.of(RECORD_BYTES);

  private final Records records;

  /** Where records change; null over a cut, which is only read. */
  private final Table table;

  private int lastSlot;
  private int free;

  Lots(Memory memory) {
    table = new Table(memory, LAYOUT);
    records = table;
  }

  private Lots(Image image, CutReader reader) {
    table = null;
    records = reader.records(image.table);
    lastSlot = image.lastSlot;
    free = image.free;
  }

  /** What a cut must know of the lots beside their pages. */
  record Image(Table table, int lastSlot, int free) {
    /** The lots as of the cut. */
    Lots over(CutReader reader) {
      return new Lots(this, reader);
    }

    void describe(StateWords words) {
      words.word(lastSlot);
      words.word(free);
    }

    void drain(CutReader reader, StateSink sink) {
      sink.begin(StatePart.LOTS, (long) lastSlot * RECORD_BYTES);
      reader.drain(table, 1, lastSlot, sink);
    }
  }

  /** The lots as of now, for a cut. */
  Image image() {
    return new Image(table, lastSlot, free);
  }

  /** Takes the place of no lots. */
  void fill(StateWords words, StateSource source) {
    lastSlot = words.word(0);
    free = words.word(0);
    StateTransfer.fill(table, RECORD_BYTES, 1, lastSlot, StatePart.LOTS, source);
  }

  /**
   * Adds points to the lot of a cohort, which is made if it is not there.
   *
   * <p>Points enter the cohorts of running periods only. So a lot came to be after those of its
   * pool's earlier periods had got their last points, and a new lot enters the first line, a larger
   * one a line before its own: it is in front of them or in one line with one. The search may end
   * at the first line that begins with one of them.
   *
   * @param head of the account's chain.
   * @param cohort of its pool's running period.
   * @return the account's head now.
   */
  int add(int head, int cohort, long points, Cohorts cohorts) {
    for (int slot = head; slot != 0; ) {
      final long line = read(slot);
      final int entry = LotLine.entryOf(line, cohort);
      if (entry != LotLine.ENTRIES) {
        final long sum = LotLine.points(line, entry) + points;
        table.beforeChange(slot);
        if (LotLine.hasRoomFor(line, sum)) {
          LotLine.points(line, entry, sum);
          return head;
        }
        LotLine.remove(line, entry);
        return enterWide(head, slot, cohort, sum);
      }
      final int first = LotLine.cohort(line, 0);
      if (first != 0 && cohorts.isBefore(first, cohort)) {
        break;
      }
      slot = LotLine.next(line);
    }
    return enter(head, cohort, points);
  }

  /** Enters a new lot in the first line, or in one before it. */
  private int enter(int head, int cohort, long points) {
    int slot = head;
    int entry = slot == 0 ? LotLine.ENTRIES : LotLine.vacancyFor(read(slot), cohort, points);
    if (entry == LotLine.ENTRIES) {
      slot = takeLine(head, cohort, points > LotLine.MOST_POINTS);
      entry = 0;
    }
    LotLine.put(write(slot), entry, cohort, points);
    return slot;
  }

  /**
   * Enters a lot that has become too large for its line in a wide one of its own, right before that
   * line.
   *
   * @return the account's head now.
   */
  private int enterWide(int head, int behind, int cohort, long points) {
    final int wide = takeLine(behind, cohort, true);
    LotLine.put(write(wide), 0, cohort, points);
    if (behind == head) {
      return wide;
    }
    int before = head;
    while (LotLine.next(read(before)) != behind) {
      before = LotLine.next(read(before));
    }
    LotLine.next(write(before), wide);
    return head;
  }

  /** Takes a line without lots, to be chained before {@code next}. */
  private int takeLine(int next, int cohort, boolean wide) {
    final int slot;
    if (free != 0) {
      slot = free;
      free = LotLine.next(read(slot));
    } else {
      slot = ++lastSlot;
      table.ensure(slot, 0);
    }
    LotLine.clear(write(slot), next, cohort, wide);
    return slot;
  }

  /**
   * Takes points back from a cohort's lot, which must be there and have as many.
   *
   * @param head of the account's chain.
   */
  void takeBack(int head, int cohort, long points) {
    int slot = head;
    int entry = LotLine.entryOf(read(slot), cohort);
    while (entry == LotLine.ENTRIES) {
      slot = LotLine.next(read(slot));
      entry = LotLine.entryOf(read(slot), cohort);
    }
    final long line = write(slot);
    LotLine.points(line, entry, LotLine.points(line, entry) - points);
  }

  /** Points of a cohort's lot, which must be there. */
  long pointsOf(int head, int cohort) {
    long line = read(head);
    int entry = LotLine.entryOf(line, cohort);
    while (entry == LotLine.ENTRIES) {
      line = read(LotLine.next(line));
      entry = LotLine.entryOf(line, cohort);
    }
    return LotLine.points(line, entry);
  }

  /** Points of an account's lots whose cohorts have not exited. */
  long heldPoints(int head, Cohorts cohorts) {
    long held = 0;
    for (int slot = head; slot != 0; ) {
      final long line = read(slot);
      for (int entry = 0; entry < LotLine.entries(line); entry++) {
        final int cohort = LotLine.cohort(line, entry);
        if (cohort != 0 && !cohorts.at(cohort).hasExited()) {
          held += LotLine.points(line, entry);
        }
      }
      slot = LotLine.next(line);
    }
    return held;
  }

  /**
   * What an account's lots have accrued from one run to another, where that can be told with one
   * multiplication a lot and run.
   *
   * @param head of the account's chain.
   * @param before the binary ratios after the first run, by number of cohort.
   * @param after those after the second one.
   * @return less than 0 where {@link #exactGrowth} must tell: of a lot with {@link
   *     FixedPoint#MANY_POINTS} or a ratio of 8.
   */
  long quickGrowth(int head, long[] before, long[] after) {
    long growth = 0;
    long anyPoints = 0;
    long anyRatio = 0;
    for (int slot = head; slot != 0; ) {
      final long line = read(slot);
      if (LotLine.isWide(line)) {
        return -1;
      }
      final int base = LotLine.base(line);
      for (int entry = 0; entry < LotLine.ENTRIES; entry++) {
        // Without a look whether there is a lot: where there is none there are no points.
        final int cohort = base + LotLine.offset(line, entry);
        final long points = LotLine.fewPoints(line, entry);
        final long ratio = after[cohort];
        growth +=
            FixedPoint.releasedQuickly(points, ratio)
                - FixedPoint.releasedQuickly(points, before[cohort]);
        anyPoints |= points;
        anyRatio |= ratio;
      }
      slot = LotLine.next(line);
    }
    return anyPoints < FixedPoint.MANY_POINTS && anyRatio >= 0 ? growth : -1;
  }

  /**
   * What an account's lots have accrued from one run to another.
   *
   * @param head of the account's chain.
   */
  long exactGrowth(int head, Cohorts cohorts, int from, int to) {
    long growth = 0;
    for (int slot = head; slot != 0; ) {
      final long line = read(slot);
      for (int entry = 0; entry < LotLine.entries(line); entry++) {
        final int number = LotLine.cohort(line, entry);
        if (number != 0) {
          final Cohort cohort = cohorts.at(number);
          final long points = LotLine.points(line, entry);
          growth +=
              FixedPoint.released(points, cohort.paidAt(to))
                  - FixedPoint.released(points, cohort.paidAt(from));
        }
      }
      slot = LotLine.next(line);
    }
    return growth;
  }

  /**
   * Gives back the lots of exited cohorts.
   *
   * @param head of the account's chain.
   * @return its head now.
   */
  int dropExited(int head, Cohorts cohorts) {
    int newHead = head;
    int before = 0;
    for (int slot = head; slot != 0; ) {
      final int next = LotLine.next(read(slot));
      if (dropFromLine(slot, cohorts)) {
        if (before == 0) {
          newHead = next;
        } else {
          LotLine.next(write(before), next);
        }
        LotLine.next(write(slot), free);
        free = slot;
      } else {
        before = slot;
      }
      slot = next;
    }
    return newHead;
  }

  /** True if the line has no lot left. */
  private boolean dropFromLine(int slot, Cohorts cohorts) {
    boolean empty = true;
    for (int entry = 0; entry < LotLine.entries(read(slot)); entry++) {
      final int cohort = LotLine.cohort(read(slot), entry);
      if (cohort != 0 && cohorts.at(cohort).hasExited()) {
        LotLine.remove(write(slot), entry);
      } else if (cohort != 0) {
        empty = false;
      }
    }
    return empty;
  }

  long read(int slot) {
    return records.address(slot, LAYOUT);
  }

  /** {@link Table#gate} of a record. */
  long gate(int slot) {
    return table.gate(slot);
  }

  private long write(int slot) {
    return table.writable(slot, LAYOUT);
  }
}
