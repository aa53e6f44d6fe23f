package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** Segments: where the directory finds them, and the next one prepared ahead of need. */
class TableTest {
  private static final int RECORD_BYTES = 64;
  private static final int MOST_PIECES = 1000;

  @Test
  void shouldHaveTheNextSegmentAheadOfNeed() {
    try (Memory memory = new Memory()) {
      Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      table.ensure(0, 0);
      long one = memory.allocatedBytes();
      prepareAll(memory);
      assertThat(memory.allocatedBytes()).isEqualTo(2 * one);
      table.ensure(table.recordsPerSegment(), 0);
      assertThat(memory.allocatedBytes()).isEqualTo(2 * one);
    }
  }

  @Test
  void shouldRefuseAnotherLayoutThanItsOwnWhereAssertionsAreOn() {
    try (Memory memory = new Memory()) {
      Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      table.ensure(0, 0);
      UnsafeApi.putLong(table.writable(0, SegmentLayout.of(RECORD_BYTES)), 1);
      try (CutReader reader = memory.openCut(1)) {
        for (Records records : List.of(table, reader.records(table))) {
          assertThatThrownBy(() -> records.address(0, SegmentLayout.of(2 * RECORD_BYTES)))
              .isInstanceOf(AssertionError.class)
              .hasMessageContaining("recordBytes=128")
              .hasMessageContaining("instead of SegmentLayout[recordBytes=64");
        }
      }
    }
  }

  @Test
  void shouldPrepareNothingBeforeThereIsASegment() {
    try (Memory memory = new Memory()) {
      Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      prepareAll(memory);
      assertThat(memory.allocatedBytes()).isZero();
      table.close();
    }
  }

  @Test
  void shouldZeroEverySegmentHoweverMuchOfItWasPrepared() {
    for (int pieces = 0; pieces < 100; pieces += 9) {
      try (Memory memory = new Memory()) {
        Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
        leaveADirtySpare(memory);
        table.ensure(0, 0);
        leaveADirtySpare(memory);
        for (int i = 0; i < pieces; i++) {
          memory.prepare();
        }
        table.ensure(table.recordsPerSegment(), 0);
        assertZero(table, 0);
        assertZero(table, table.recordsPerSegment());
      }
    }
  }

  @Test
  void shouldPrepareForSeveralTablesInTurn() {
    try (Memory memory = new Memory()) {
      Table first = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      Table second = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      first.ensure(0, 0);
      second.ensure(0, 0);
      long two = memory.allocatedBytes();
      prepareAll(memory);
      assertThat(memory.allocatedBytes()).isEqualTo(2 * two);
    }
  }

  @Test
  void shouldGiveBackWhatWasPreparedWhenTheTableIsClosed() {
    try (Memory memory = new Memory()) {
      Table prepared = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      Table waiting = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      prepared.ensure(0, 0);
      prepareAll(memory);
      waiting.ensure(0, 0);
      prepared.close();
      waiting.close();
      prepareAll(memory);
      assertThat(memory.allocatedBytes()).isZero();
    }
  }

  @Test
  void shouldGiveBackWhatWasPreparedWhenTheMemoryIsClosed() {
    long before = Memory.totalAllocatedBytes();
    try (Memory memory = new Memory()) {
      Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      table.ensure(0, 0);
      prepareAll(memory);
    }
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(before);
  }

  /** What a cut must know of the pages is zero in any new segment, whatever its records are. */
  @Test
  void shouldZeroWhatBelongsToThePagesAndNothingElseWhenRecordsAreUncleared() {
    final SegmentLayout layout = SegmentLayout.of(RECORD_BYTES);
    try (Memory memory = new Memory()) {
      leaveSparesThatACutHasSeen(memory, layout);
      final Table table = Table.ofUnclearedRecords(memory, layout);
      table.ensure(0, 0);
      prepareAll(memory);
      final int second = table.recordsPerSegment();
      table.ensure(second, 0);
      for (final int first : new int[] {0, second}) {
        assertThat(UnsafeApi.getLong(table.address(first))).as("used again").isEqualTo(-1);
        for (int slot = first; slot < first + second; slot++) {
          final long meta = layout.meta(table.address(first), slot);
          assertThat(SegmentLayout.epochPlain(meta) | SegmentLayout.headPlain(meta)).isZero();
        }
      }
    }
  }

  /** Two segments, each page of which was saved for a cut. */
  private static void leaveSparesThatACutHasSeen(Memory memory, SegmentLayout layout) {
    final Table table = new Table(memory, layout);
    final int slots = 2 * table.recordsPerSegment();
    table.ensure(0, 0);
    table.ensure(slots - 1, 0);
    try (CutReader cut = memory.openCut(1)) {
      for (int slot = 0; slot < slots; slot++) {
        UnsafeApi.setMemory(table.writable(slot), RECORD_BYTES, (byte) -1);
      }
      assertThat(SegmentLayout.headPlain(layout.meta(table.address(0), 0))).isNotZero();
      assertThat(cut.cut().isOpen()).isTrue();
    }
    table.close();
    for (int i = 0; i < MOST_PIECES; i++) {
      memory.reclaim();
    }
  }

  private static void prepareAll(Memory memory) {
    for (int i = 0; i < MOST_PIECES; i++) {
      memory.prepare();
    }
  }

  /** Fills a segment and gives it back, so that it is used again as it is. */
  private static void leaveADirtySpare(Memory memory) {
    Table dirty = new Table(memory, SegmentLayout.of(RECORD_BYTES));
    dirty.ensure(0, 0);
    for (int slot = 0; slot < dirty.recordsPerSegment(); slot++) {
      UnsafeApi.setMemory(dirty.writable(slot), RECORD_BYTES, (byte) -1);
    }
    dirty.close();
  }

  private static void assertZero(Table table, int firstSlot) {
    long bits = 0;
    for (int slot = firstSlot; slot < firstSlot + table.recordsPerSegment(); slot++) {
      for (int at = 0; at < RECORD_BYTES; at += Long.BYTES) {
        bits |= UnsafeApi.getLong(table.address(slot) + at);
      }
    }
    assertThat(bits).isZero();
  }

  /** A queue of records that gets longer than its directory, again and again, where slots end. */
  @Test
  void shouldKeepEveryRecordWhenTheDirectoryGrowsWhereverTheOldestIs() {
    final int perSegment = 64;
    try (Memory memory = new Memory()) {
      final Table table = new Table(memory, SegmentLayout.of(Long.BYTES, perSegment * Long.BYTES));
      int head = -27 * perSegment - 5;
      int tail = head;
      for (int i = 0; i < 150 * perSegment; i++) {
        table.ensure(tail, head);
        UnsafeApi.putLong(table.writable(tail), tail);
        tail++;
        if (i % 2 == 0) {
          if (!table.sameSegment(head, head + 1)) {
            table.release(head);
          }
          head++;
        }
        if (i % perSegment == 0) {
          for (int slot = head; slot != tail; slot++) {
            assertThat(UnsafeApi.getLong(table.address(slot))).isEqualTo(slot);
          }
        }
      }
      assertThat(tail - head).isGreaterThan(64 * perSegment);
    }
  }
}
