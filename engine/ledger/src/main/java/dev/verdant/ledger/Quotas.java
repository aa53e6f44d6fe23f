package dev.verdant.ledger;

import static org.agrona.UnsafeApi.getInt;
import static org.agrona.UnsafeApi.getLong;
import static org.agrona.UnsafeApi.putInt;
import static org.agrona.UnsafeApi.putLong;

import dev.verdant.memory.CutReader;
import dev.verdant.memory.Memory;
import dev.verdant.memory.Records;
import dev.verdant.memory.SegmentLayout;
import dev.verdant.memory.Table;

/**
 * A merchant's cash by channel in one business day, chained from the merchant, one record for each
 * channel it ever used. Counted without a limit too, since a limit may be set at any time of day.
 *
 * <pre>
 *   0         4       8       12      16                24                32
 *   +---------+-------+-------+-------+-----------------+-----------------+
 *   | channel | next  | day   | 0     | cash            | 0               |
 *   +---------+-------+-------+-------+-----------------+-----------------+
 * </pre>
 *
 * Two a cache line, and none across two lines, so that {@link Lookahead} brings all of it near.
 */
final class Quotas {
  static final int RECORD_BYTES = 32;

  private static final SegmentLayout LAYOUT = SegmentLayout.of(RECORD_BYTES);

  private static final int CHANNEL = 0;
  private static final int NEXT = CHANNEL + Integer.BYTES;
  private static final int DAY = NEXT + Integer.BYTES;
  private static final int CASH = DAY + 2 * Integer.BYTES;

  private final Records records;

  /** Where records change; null over a cut, which is only read. */
  private final Table table;

  private int lastSlot;

  Quotas(Memory memory) {
    table = new Table(memory, LAYOUT);
    records = table;
  }

  private Quotas(Image image, CutReader reader) {
    table = null;
    records = reader.records(image.table);
    lastSlot = image.lastSlot;
  }

  /** What a cut must know of the quotas beside their pages. */
  record Image(Table table, int lastSlot) {
    /** The quotas as of the cut. */
    Quotas over(CutReader reader) {
      return new Quotas(this, reader);
    }

    void describe(StateWords words) {
      words.word(lastSlot);
    }

    void drain(CutReader reader, StateSink sink) {
      sink.begin(StatePart.QUOTAS, (long) lastSlot * RECORD_BYTES);
      reader.drain(table, 1, lastSlot, sink);
    }
  }

  /** The quotas as of now, for a cut. */
  Image image() {
    return new Image(table, lastSlot);
  }

  /** Takes the place of no quotas. */
  void fill(StateWords words, StateSource source) {
    lastSlot = words.word(0);
    StateTransfer.fill(table, RECORD_BYTES, 1, lastSlot, StatePart.QUOTAS, source);
  }

  /** The record of a channel in a chain, 0 if there is none. */
  int find(int head, int channel) {
    int slot = head;
    while (slot != 0 && channel(read(slot)) != channel) {
      slot = next(read(slot));
    }
    return slot;
  }

  /** Takes a record for a channel, to be chained before {@code next}. */
  int add(int channel, int next) {
    final int slot = ++lastSlot;
    table.ensure(slot, 0);
    final long quota = table.writable(slot, LAYOUT);
    putInt(quota + CHANNEL, channel);
    putInt(quota + NEXT, next);
    return slot;
  }

  /** Cash of that day in fen; slot 0 has none. */
  long cashOf(int slot, int day) {
    return slot == 0 || getInt(read(slot) + DAY) != day ? 0 : getLong(read(slot) + CASH);
  }

  /** Adds to the cash of a day, which is 0 at its start. */
  void addCash(int slot, int day, long fen) {
    final long quota = table.writable(slot, LAYOUT);
    final long before = getInt(quota + DAY) == day ? getLong(quota + CASH) : 0;
    putInt(quota + DAY, day);
    putLong(quota + CASH, before + fen);
  }

  long read(int slot) {
    return records.address(slot, LAYOUT);
  }

  /** {@link Table#gate} of a record. */
  long gate(int slot) {
    return table.gate(slot);
  }

  static int channel(long quota) {
    return getInt(quota + CHANNEL);
  }

  static int next(long quota) {
    return getInt(quota + NEXT);
  }
}
