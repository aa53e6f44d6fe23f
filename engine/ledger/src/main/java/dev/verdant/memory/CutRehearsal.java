package dev.verdant.memory;

import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.UnsafeApi;

/**
 * Runs what the writer does for cuts once a process, on a table of its own. A compiler leaves out
 * what it has never seen happen; without this the first cut of a busy writer would throw its
 * compiled code away, and it would run interpreted for as long as compiling it anew takes: seconds
 * where the other core is busy too.
 */
final class CutRehearsal {
  private static final AtomicBoolean DONE = new AtomicBoolean();

  /** More calls than an optimising compiler waits for. */
  private static final int ROUNDS = 400;

  private static final int RECORD_BYTES = Long.BYTES;
  private static final int SLOTS = 1024;
  private static final int ENTRIES = 8;
  private static final SegmentLayout LAYOUT = SegmentLayout.of(RECORD_BYTES, SLOTS * RECORD_BYTES);
  private static final long LIMIT_BYTES = 64 * SavedPage.BLOCK_BYTES;

  /** What was computed, so that no compiler leaves it out. */
  @SuppressWarnings("UnusedVariable")
  private static long sink;

  private CutRehearsal() {}

  /** Rehearses if nobody has; any thread. */
  static void ensureDone() {
    if (DONE.compareAndSet(false, true)) {
      for (int round = 0; round < ROUNDS; round++) {
        // New every time: the first cut of a process finds no saved page to use again.
        try (Memory memory = new Memory(LIMIT_BYTES)) {
          rehearse(memory);
        }
      }
      try (Memory memory = new Memory(LIMIT_BYTES)) {
        rehearseIndex(memory);
      }
    }
  }

  /** New entries of an index with a cut open and without; its keys are never asked for. */
  private static void rehearseIndex(Memory memory) {
    final HashIndex index = new HashIndex(memory, (slot, low, high) -> false);
    int slot = 1;
    for (int round = 0; round < ROUNDS; round++) {
      index.image();
      final CutReader reader = memory.openCut(round);
      slot = insert(index, slot);
      reader.close();
      memory.reclaim();
      slot = insert(index, slot);
      index.forget(Math.max(1, slot - SLOTS));
    }
  }

  private static int insert(HashIndex index, int firstSlot) {
    int slot = firstSlot;
    for (; slot < firstSlot + ENTRIES; slot++) {
      index.insert(HashIndex.hash(slot, 0), slot);
    }
    return slot;
  }

  /** A page of no cut, of one, of two, of one that drains, of one that is given up. */
  private static void rehearse(Memory memory) {
    final Table table = new Table(memory, LAYOUT);
    table.ensure(SLOTS - 1, 0);
    change(table, 0, SLOTS / 8);
    final CutReader older = memory.openCut(0);
    change(table, 0, SLOTS / 4);
    final CutReader newer = memory.openCut(0);
    change(table, 0, SLOTS / 8);
    newer.close();
    memory.reclaim();
    older.close();
    try (CutReader draining = memory.openCut(0)) {
      draining.drain(table, 0, SLOTS / 4, (address, length) -> {});
      change(table, 0, SLOTS / 2);
    }
    final CutReader lost = memory.openCut(0);
    change(table, 0, SLOTS);
    lost.close();
    memory.reclaim();
  }

  private static void change(Table table, int from, int to) {
    for (int slot = from; slot < to; slot++) {
      sink += table.gate(slot);
      UnsafeApi.putLong(table.writable(slot), slot);
    }
  }
}
