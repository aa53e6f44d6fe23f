package dev.verdant.ledger;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

import dev.verdant.memory.BranchFree;
import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import dev.verdant.memory.Records;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;

/**
 * The lots: an account's points in one cohort. Five of them share a cache line; an account's lines
 * are chained, newest first, one lot per cohort. Lots of exited cohorts are given back when their
 * account next catches up, and a line with its last lot.
 *
 * <pre>
 *   0      4                                        24                                       64
 *   +------+--------+--------+--------+------+------+--------+--------+--------+------+------+
 *   | next | cohort | cohort | cohort | ...  | ...  | points | points | points | ...  | ...  |
 *   +------+--------+--------+--------+------+------+--------+--------+--------+------+------+
 * </pre>
 *
 * Cohort 0 is an entry without a lot. What a lot has accrued is not kept: it is floor(points * paid
 * / ONE) with the cohort's ratio as of the account's last catching up ({@link Cohorts#paidAt}), so
 * that catching up changes no lot.
 */
final class Lots {
  static final int RECORD_BYTES = 64;

  private static final SegmentLayout LAYOUT = SegmentLayout.of(RECORD_BYTES);

  /** Lots of a line. */
  static final int ENTRIES = 5;

  private static final int NEXT = 0;
  private static final int COHORT = NEXT + Integer.BYTES;
  private static final int POINTS = COHORT + ENTRIES * Integer.BYTES;

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
   * <p>Points enter the cohorts of running periods only, and every lot of a line came to be after
   * those of the lines behind it. So a lot of the same pool's earlier period tells that the lot is
   * not behind it.
   *
   * @param head of the account's chain.
   * @param cohort of its pool's running period.
   * @return the account's head now.
   */
  int add(int head, int cohort, long points, Cohorts cohorts) {
    for (int slot = head; slot != 0; ) {
      final long line = read(slot);
      final int entry = entryOf(line, cohort);
      if (entry != ENTRIES) {
        table.beforeChange(slot);
        points(line, entry, points(line, entry) + points);
        return head;
      }
      final int first = cohort(line, 0);
      if (first != 0 && cohorts.isBefore(first, cohort)) {
        break;
      }
      slot = next(line);
    }
    return enter(head, cohort, points);
  }

  private int enter(int head, int cohort, long points) {
    int slot = head;
    int entry = slot == 0 ? ENTRIES : entryOf(read(slot), 0);
    if (entry == ENTRIES) {
      slot = takeLine(head);
      entry = 0;
    }
    final long line = write(slot);
    putInt(line + COHORT + (long) entry * Integer.BYTES, cohort);
    points(line, entry, points);
    return slot;
  }

  /** Takes a line without lots, to be chained before {@code next}. */
  private int takeLine(int next) {
    final int slot;
    if (free != 0) {
      slot = free;
      free = next(read(slot));
    } else {
      slot = ++lastSlot;
      table.ensure(slot, 0);
    }
    next(write(slot), next);
    return slot;
  }

  /**
   * Sets the points of a cohort's lot, which must be there.
   *
   * @param head of the account's chain.
   */
  void set(int head, int cohort, long points) {
    int slot = head;
    while (entryOf(read(slot), cohort) == ENTRIES) {
      slot = next(read(slot));
    }
    points(write(slot), entryOf(read(slot), cohort), points);
  }

  /** Points of a cohort's lot, which must be there. */
  long pointsOf(int head, int cohort) {
    long line = read(head);
    while (entryOf(line, cohort) == ENTRIES) {
      line = read(next(line));
    }
    return points(line, entryOf(line, cohort));
  }

  /** Points of an account's lots whose cohorts have not exited. */
  long heldPoints(int head, Cohorts cohorts) {
    long held = 0;
    for (int slot = head; slot != 0; ) {
      final long line = read(slot);
      for (int entry = 0; entry < ENTRIES; entry++) {
        final int cohort = cohort(line, entry);
        if (cohort != 0 && !cohorts.at(cohort).hasExited()) {
          held += points(line, entry);
        }
      }
      slot = next(line);
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
      for (int entry = 0; entry < ENTRIES; entry++) {
        // Without a look whether there is a lot: the ratio of cohort 0 is 0.
        final int cohort = cohort(line, entry);
        final long points = points(line, entry);
        final long ratio = after[cohort];
        growth +=
            FixedPoint.releasedQuickly(points, ratio)
                - FixedPoint.releasedQuickly(points, before[cohort]);
        anyPoints |= points;
        anyRatio |= ratio;
      }
      slot = next(line);
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
      for (int entry = 0; entry < ENTRIES; entry++) {
        final int number = cohort(line, entry);
        if (number != 0) {
          final Cohort cohort = cohorts.at(number);
          final long points = points(line, entry);
          growth +=
              FixedPoint.released(points, cohort.paidAt(to))
                  - FixedPoint.released(points, cohort.paidAt(from));
        }
      }
      slot = next(line);
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
      final int next = next(read(slot));
      if (dropFromLine(slot, cohorts)) {
        if (before == 0) {
          newHead = next;
        } else {
          next(write(before), next);
        }
        next(write(slot), free);
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
    for (int entry = 0; entry < ENTRIES; entry++) {
      final int cohort = cohort(read(slot), entry);
      if (cohort != 0 && cohorts.at(cohort).hasExited()) {
        putInt(write(slot) + COHORT + (long) entry * Integer.BYTES, 0);
      } else if (cohort != 0) {
        empty = false;
      }
    }
    return empty;
  }

  /**
   * The first entry of a cohort in a line, {@link #ENTRIES} if it is not there. Without a branch:
   * where it stands cannot be foreseen.
   */
  private static int entryOf(long line, int cohort) {
    int entries = 1 << ENTRIES;
    for (int entry = 0; entry < ENTRIES; entry++) {
      entries |= BranchFree.isEqual(cohort(line, entry), cohort) << entry;
    }
    return Integer.numberOfTrailingZeros(entries);
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

  static int next(long line) {
    return getInt(line + NEXT);
  }

  private static void next(long line, int slot) {
    putInt(line + NEXT, slot);
  }

  /** Cohort of a line's lot, 0 where there is none. */
  static int cohort(long line, int entry) {
    return getInt(line + COHORT + (long) entry * Integer.BYTES);
  }

  static long points(long line, int entry) {
    return getLong(line + POINTS + (long) entry * Long.BYTES);
  }

  private static void points(long line, int entry, long points) {
    putLong(line + POINTS + (long) entry * Long.BYTES, points);
  }
}
