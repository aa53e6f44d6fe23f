package dev.verdant.ledger;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import dev.verdant.memory.Records;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;
import org.agrona.UnsafeApi;

/**
 * The lots: an account's points in one cohort. An account's {@linkplain LotLine lines} of them are
 * chained, newest first, one lot per cohort. The newest line is part of the account's record, those
 * behind it are records here. Lots of exited cohorts are given back when their account catches up,
 * not each time ({@link CatchUp}), and a line behind the newest with its last lot.
 *
 * <p>An account's lots are told by the address of its newest line. Whoever changes them has told
 * the account's table before.
 *
 * <p>What a lot has accrued is not kept: it is floor(points * paid / ONE) with the cohort's ratio
 * as of the account's last catching up ({@link Cohort#paidAt}), so that catching up changes no lot.
 */
final class Lots {
  static final int RECORD_BYTES = LotLine.BYTES;

  /** In place of a slot: the line that is part of the account. */
  private static final int NEWEST = 0;

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
   * pool's earlier periods had got their last points, and a new lot enters the newest line, a
   * larger one a line before its own: it is in front of them or in one line with one. The search
   * may end at the first line that begins with one of them.
   *
   * @param newest line of the account's.
   * @param cohort of its pool's running period.
   */
  void add(long newest, int cohort, long points, Cohorts cohorts) {
    int slot = NEWEST;
    long line = newest;
    do {
      final int entry = LotLine.entryOf(line, cohort);
      if (entry != LotLine.ENTRIES) {
        addTo(newest, slot, line, entry, cohort, points);
        return;
      }
      final int first = LotLine.cohort(line, 0);
      if (first != 0 && cohorts.isBefore(first, cohort)) {
        break;
      }
      slot = LotLine.next(line);
      line = read(slot);
    } while (slot != 0);
    enter(newest, cohort, points);
  }

  private void addTo(long newest, int slot, long line, int entry, int cohort, long points) {
    final long sum = LotLine.points(line, entry) + points;
    beforeChange(slot);
    if (LotLine.hasRoomFor(line, sum)) {
      LotLine.points(line, entry, sum);
    } else {
      LotLine.remove(line, entry);
      LotLine.put(newWideLine(newest, slot, cohort), 0, cohort, sum);
    }
  }

  /** Enters a new lot in the newest line. */
  private void enter(long newest, int cohort, long points) {
    int entry = LotLine.vacancyFor(newest, cohort, points);
    if (entry == LotLine.ENTRIES) {
      moveBehind(newest, cohort, points > LotLine.MOST_POINTS);
      entry = 0;
    }
    LotLine.put(newest, entry, cohort, points);
  }

  /**
   * A wide line right before another one of the chain, for a lot that has become too large for
   * that.
   *
   * @param behind the other one's slot.
   */
  private long newWideLine(long newest, int behind, int cohort) {
    if (behind == NEWEST) {
      moveBehind(newest, cohort, true);
      return newest;
    }
    int before = NEWEST;
    long line = newest;
    while (LotLine.next(line) != behind) {
      before = LotLine.next(line);
      line = read(before);
    }
    final int slot = takeSlot();
    beforeChange(before);
    LotLine.next(line, slot);
    final long wide = write(slot);
    LotLine.clear(wide, behind, cohort, true);
    return wide;
  }

  /** Moves the newest line's lots, if it has any, to a line behind it, and makes it one of none. */
  private void moveBehind(long newest, int cohort, boolean wide) {
    int next = LotLine.next(newest);
    if (!LotLine.isEmpty(newest)) {
      next = takeSlot();
      UnsafeApi.copyMemory(newest, write(next), LotLine.BYTES);
    }
    LotLine.clear(newest, next, cohort, wide);
  }

  /** A slot for a line that is not the newest. */
  private int takeSlot() {
    final int slot;
    if (free != 0) {
      slot = free;
      free = LotLine.next(read(slot));
    } else {
      slot = ++lastSlot;
      table.ensure(slot, 0);
    }
    return slot;
  }

  /**
   * Takes points back from a cohort's lot, which must be there and have as many.
   *
   * @param newest line of the account's.
   */
  void takeBack(long newest, int cohort, long points) {
    int slot = NEWEST;
    long line = newest;
    int entry = LotLine.entryOf(line, cohort);
    while (entry == LotLine.ENTRIES) {
      slot = LotLine.next(line);
      line = read(slot);
      entry = LotLine.entryOf(line, cohort);
    }
    beforeChange(slot);
    LotLine.points(line, entry, LotLine.points(line, entry) - points);
  }

  /**
   * Points of a cohort's lot, which must be there.
   *
   * @param newest line of the account's.
   */
  long pointsOf(long newest, int cohort) {
    long line = newest;
    int entry = LotLine.entryOf(line, cohort);
    while (entry == LotLine.ENTRIES) {
      line = next(line);
      entry = LotLine.entryOf(line, cohort);
    }
    return LotLine.points(line, entry);
  }

  /**
   * Points of an account's lots whose cohorts have not exited.
   *
   * @param newest line of the account's.
   */
  long heldPoints(long newest, Cohorts cohorts) {
    long held = 0;
    for (long line = newest; line != 0; line = next(line)) {
      for (int entry = 0; entry < LotLine.entries(line); entry++) {
        final int cohort = LotLine.cohort(line, entry);
        if (cohort != 0 && !cohorts.at(cohort).hasExited()) {
          held += LotLine.points(line, entry);
        }
      }
    }
    return held;
  }

  /**
   * What an account's lots have accrued from one run to another, where that can be told with one
   * multiplication a lot and run.
   *
   * @param newest line of the account's.
   * @param before the binary ratios after the first run, by number of cohort.
   * @param after those after the second one.
   * @return less than 0 where {@link #exactGrowth} must tell: of a lot with {@link
   *     FixedPoint#MANY_POINTS} or a ratio of 8.
   */
  long quickGrowth(long newest, long[] before, long[] after) {
    long growth = 0;
    long anyPoints = 0;
    long anyRatio = 0;
    for (long line = newest; line != 0; line = next(line)) {
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
    }
    return anyPoints < FixedPoint.MANY_POINTS && anyRatio >= 0 ? growth : -1;
  }

  /**
   * What an account's lots have accrued from one run to another.
   *
   * @param newest line of the account's.
   */
  long exactGrowth(long newest, Cohorts cohorts, int from, int to) {
    long growth = 0;
    for (long line = newest; line != 0; line = next(line)) {
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
    }
    return growth;
  }

  /**
   * Gives back the lots of exited cohorts, and the lines behind the newest that have no others.
   *
   * @param newest line of the account's.
   */
  void dropExited(long newest, Cohorts cohorts) {
    dropFromLine(NEWEST, newest, cohorts);
    int before = NEWEST;
    long lineBefore = newest;
    for (int slot = LotLine.next(newest); slot != 0; ) {
      final long line = read(slot);
      final int next = LotLine.next(line);
      dropFromLine(slot, line, cohorts);
      if (LotLine.isEmpty(line)) {
        beforeChange(before);
        LotLine.next(lineBefore, next);
        LotLine.next(write(slot), free);
        free = slot;
      } else {
        before = slot;
        lineBefore = line;
      }
      slot = next;
    }
  }

  private void dropFromLine(int slot, long line, Cohorts cohorts) {
    for (int entry = 0; entry < LotLine.entries(line); entry++) {
      final int cohort = LotLine.cohort(line, entry);
      if (cohort != 0 && cohorts.at(cohort).hasExited()) {
        beforeChange(slot);
        LotLine.remove(line, entry);
      }
    }
  }

  /** Address of the line behind another one, 0 if there is none. */
  long next(long line) {
    final int slot = LotLine.next(line);
    return slot == 0 ? 0 : read(slot);
  }

  long read(int slot) {
    return records.address(slot, LAYOUT);
  }

  private long write(int slot) {
    return table.writable(slot, LAYOUT);
  }

  /** Not for the newest line: its account's table has been told. */
  private void beforeChange(int slot) {
    if (slot != NEWEST) {
      table.beforeChange(slot);
    }
  }
}
