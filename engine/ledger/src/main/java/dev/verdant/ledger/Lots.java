package dev.verdant.ledger;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import dev.verdant.memory.Records;
import dev.verdant.memory.Table;

/**
 * The lots: an account's points in one cohort. Chained from the account, newest first, one lot per
 * cohort; lots of exited cohorts are given back when their account next catches up.
 *
 * <pre>
 *   0        4        8                 16                24                32
 *   +--------+--------+-----------------+-----------------+-----------------+
 *   | cohort | next   | points          | accrued         | unused          |
 *   +--------+--------+-----------------+-----------------+-----------------+
 * </pre>
 *
 * {@code accrued} is floor(points * paid / ONE) as of the account's last catching up.
 */
final class Lots {
  static final int RECORD_BYTES = 32;

  private static final int COHORT = 0;
  private static final int NEXT = COHORT + Integer.BYTES;
  private static final int POINTS = NEXT + Integer.BYTES;
  private static final int ACCRUED = POINTS + Long.BYTES;

  private final Records records;

  /** Where records change; null over a cut, which is only read. */
  private final Table table;

  private int lastSlot;
  private int free;

  Lots(Memory memory) {
    table = new Table(memory, RECORD_BYTES);
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

  /** Takes a lot with no points, to be chained before {@code next}. */
  int add(int cohort, int next) {
    final int slot;
    if (free != 0) {
      slot = free;
      free = next(read(slot));
    } else {
      slot = ++lastSlot;
      table.ensure(slot, 0);
    }
    final long lot = write(slot);
    putInt(lot + COHORT, cohort);
    putInt(lot + NEXT, next);
    putLong(lot + POINTS, 0);
    putLong(lot + ACCRUED, 0);
    return slot;
  }

  /** Gives a lot back; it must have been taken out of its chain. */
  void free(int slot) {
    next(write(slot), free);
    free = slot;
  }

  /** The lot of a cohort in a chain, 0 if there is none. */
  int find(int head, int cohort) {
    int slot = head;
    while (slot != 0 && cohort(read(slot)) != cohort) {
      slot = next(read(slot));
    }
    return slot;
  }

  long read(int slot) {
    return records.address(slot);
  }

  long write(int slot) {
    return table.writable(slot);
  }

  static int cohort(long lot) {
    return getInt(lot + COHORT);
  }

  static int next(long lot) {
    return getInt(lot + NEXT);
  }

  static void next(long lot, int slot) {
    putInt(lot + NEXT, slot);
  }

  static long points(long lot) {
    return getLong(lot + POINTS);
  }

  static void points(long lot, long points) {
    putLong(lot + POINTS, points);
  }

  static long accrued(long lot) {
    return getLong(lot + ACCRUED);
  }

  static void accrued(long lot, long fen) {
    putLong(lot + ACCRUED, fen);
  }
}
