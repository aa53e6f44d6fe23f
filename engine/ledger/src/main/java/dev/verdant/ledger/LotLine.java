package dev.verdant.ledger;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.getShort;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;
import static org.agrona.UnsafeApi.putShort;

import dev.verdant.memory.BranchFree;
import org.agrona.UnsafeApi;

/**
 * A line of an account's {@link Lots}: one cache line, eight lots of a few points each or four of
 * any.
 *
 * <pre>
 *   0      4      8                 16                24     28    32                    64
 *   +------+------+-----------------+-----------------+------+-----+---------- ... ------+
 *   | next | base | offsets 0 2 4 6 | offsets 1 3 5 7 | wide | 0   | points 0 to 7, or   |
 *   |      |      |                 |                 |      |     | 0 to 3 where wide   |
 *   +------+------+-----------------+-----------------+------+-----+---------- ... ------+
 * </pre>
 *
 * A lot's cohort is the base plus its offset; offset 0 is an entry without a lot, which has no
 * points. Points have four bytes each, eight in a wide line.
 */
final class LotLine {
  static final int BYTES = 64;

  /** Lots of a line; of a wide one, {@link #WIDE_ENTRIES}. */
  static final int ENTRIES = 8;

  static final int WIDE_ENTRIES = 4;

  /** Most points of a lot in a line that is not wide. */
  static final long MOST_POINTS = 0xFFFF_FFFFL;

  /** How far a line's base is below the first cohort in it, where there are as many. */
  private static final int COHORTS_BELOW = 1 << 15;

  private static final int NEXT = 0;
  private static final int BASE = NEXT + Integer.BYTES;
  private static final int OFFSETS = BASE + Integer.BYTES;
  private static final int ODD_OFFSETS = OFFSETS + Long.BYTES;
  private static final int WIDE = ODD_OFFSETS + Long.BYTES;
  private static final int POINTS = WIDE + 2 * Integer.BYTES;

  private static final int NONE = 0;

  /** In place of the offsets that a wide line does not have. */
  private static final int UNUSED = 0xFFFF;

  private static final int MOST_OFFSET = UNUSED - 1;
  private static final long IN_EACH_SHORT = 0x0001_0001_0001_0001L;

  private LotLine() {}

  /** Makes a line that has no lots and has room for that of a cohort. */
  static void clear(long line, int next, int cohort, boolean wide) {
    UnsafeApi.setMemory(line, BYTES, (byte) 0);
    next(line, next);
    putInt(line + BASE, Math.max(0, cohort - COHORTS_BELOW));
    if (wide) {
      putInt(line + WIDE, 1);
      for (int entry = WIDE_ENTRIES; entry < ENTRIES; entry++) {
        offset(line, entry, UNUSED);
      }
    }
  }

  /** Slot of the next line, 0 for none. */
  static int next(long line) {
    return getInt(line + NEXT);
  }

  static void next(long line, int slot) {
    putInt(line + NEXT, slot);
  }

  /** True if the line has no lot. */
  static boolean isEmpty(long line) {
    for (int entry = 0; entry < entries(line); entry++) {
      if (offset(line, entry) != NONE) {
        return false;
      }
    }
    return true;
  }

  static boolean isWide(long line) {
    return getInt(line + WIDE) != 0;
  }

  /** Number of entries that the line has. */
  static int entries(long line) {
    return isWide(line) ? WIDE_ENTRIES : ENTRIES;
  }

  /** Entry of a cohort's lot, {@link #ENTRIES} if it is not there. */
  static int entryOf(long line, int cohort) {
    return canHave(line, cohort) ? firstEntryWith(line, cohort - base(line)) : ENTRIES;
  }

  /** The first entry that a cohort's lot with so many points may take, {@link #ENTRIES} if none. */
  static int vacancyFor(long line, int cohort, long points) {
    return canHave(line, cohort) && hasRoomFor(line, points) ? firstEntryWith(line, NONE) : ENTRIES;
  }

  private static boolean canHave(long line, int cohort) {
    return Integer.compareUnsigned(cohort - base(line) - 1, MOST_OFFSET) < 0;
  }

  /** Without a branch: where it stands cannot be foreseen. */
  private static int firstEntryWith(long line, int offset) {
    final long pattern = offset * IN_EACH_SHORT;
    final long even = BranchFree.lowestZeroShort(getLong(line + OFFSETS) ^ pattern);
    final long odd = BranchFree.lowestZeroShort(getLong(line + ODD_OFFSETS) ^ pattern);
    // Entry by entry eight bits further; 64 where there is none.
    return Long.numberOfTrailingZeros(even | (odd << Byte.SIZE)) / Byte.SIZE;
  }

  /** Whether a lot of this line may have so many points. */
  static boolean hasRoomFor(long line, long points) {
    return points <= MOST_POINTS || isWide(line);
  }

  /** What the offsets of the line's lots count from. */
  static int base(long line) {
    return getInt(line + BASE);
  }

  /** What an entry's cohort is above the base; 0 where there is no lot. */
  static int offset(long line, int entry) {
    return Short.toUnsignedInt(getShort(offsetAt(line, entry)));
  }

  private static void offset(long line, int entry, int offset) {
    putShort(offsetAt(line, entry), (short) offset);
  }

  private static long offsetAt(long line, int entry) {
    return line + OFFSETS + (long) (entry & 1) * (ODD_OFFSETS - OFFSETS) + (entry & ~1);
  }

  /** Cohort of a line's lot, 0 where there is none. */
  static int cohort(long line, int entry) {
    final int offset = offset(line, entry);
    return offset == NONE ? 0 : base(line) + offset;
  }

  /** Points of a line's lot, 0 where there is none. */
  static long points(long line, int entry) {
    return isWide(line)
        ? getLong(line + POINTS + (long) entry * Long.BYTES)
        : fewPoints(line, entry);
  }

  /** The same, of a line that is not wide. */
  static long fewPoints(long line, int entry) {
    return Integer.toUnsignedLong(getInt(line + POINTS + (long) entry * Integer.BYTES));
  }

  /** Sets a lot's points, which the line {@linkplain #hasRoomFor has room for}. */
  static void points(long line, int entry, long points) {
    if (isWide(line)) {
      putLong(line + POINTS + (long) entry * Long.BYTES, points);
    } else {
      putInt(line + POINTS + (long) entry * Integer.BYTES, (int) points);
    }
  }

  /** Puts a lot where {@link #vacancyFor} has told. */
  static void put(long line, int entry, int cohort, long points) {
    offset(line, entry, cohort - base(line));
    points(line, entry, points);
  }

  /** Takes a lot away. */
  static void remove(long line, int entry) {
    offset(line, entry, NONE);
    points(line, entry, 0);
  }
}
