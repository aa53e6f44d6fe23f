package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another thread has found is what the writer uses first. */
class MemoryFoundAheadTest {
  private static final int SEGMENT = SegmentLayout.FULL_SEGMENT_BYTES;
  private static final int RECORD_BYTES = 128;

  private final long before = Memory.totalAllocatedBytes();

  @AfterEach
  void nothingIsLeft() {
    assertThat(Memory.totalAllocatedBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 96, 128, 192})
  void shouldLeaveAtMostAFiftiethOfAnExtentUnused(int recordBytes) {
    final int left = BlockPool.EXTENT_BYTES % SegmentLayout.of(recordBytes).segmentBytes();
    assertThat(left).isLessThanOrEqualTo(BlockPool.EXTENT_BYTES / 50);
  }

  @Test
  void shouldCarveBlocksThatDoNotOverlapFromWhatWasFound() {
    final BlockPool pool = new BlockPool();
    pool.find();
    assertThat(pool.foundBytes()).isEqualTo(BlockPool.EXTENT_BYTES);
    final List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < BlockPool.EXTENT_BYTES / SEGMENT; i++) {
      final long block = pool.take(SEGMENT);
      UnsafeApi.setMemory(block, SEGMENT, (byte) i);
      blocks.add(block);
    }
    assertThat(blocks).hasSize(14).allMatch(block -> block % Memory.ALIGNMENT == 0);
    for (int i = 0; i < blocks.size(); i++) {
      assertThat(UnsafeApi.getByte(blocks.get(i))).isEqualTo((byte) i);
      assertThat(UnsafeApi.getByte(blocks.get(i) + SEGMENT - 1)).isEqualTo((byte) i);
    }
    assertThat(pool.foundBytes()).isZero();
    assertThat(heldBytes()).isEqualTo(BlockPool.EXTENT_BYTES);
    pool.take(SEGMENT);
    assertThat(heldBytes()).isEqualTo(BlockPool.EXTENT_BYTES + SEGMENT);
    pool.close();
  }

  @Test
  void shouldUseABlockThatWasGivenBackBeforeAnyOther() {
    final BlockPool pool = new BlockPool();
    final long small = pool.take(Long.BYTES);
    final long block = pool.take(SEGMENT);
    pool.find();
    pool.giveBack(block, SEGMENT);
    assertThat(pool.take(SEGMENT)).isEqualTo(block);
    assertThat(pool.take(SEGMENT)).isNotEqualTo(block).isNotEqualTo(small);
    pool.close();
  }

  @Test
  void shouldTakeWhatNoExtentCanHoldFromTheSystem() {
    final BlockPool pool = new BlockPool();
    pool.find();
    UnsafeApi.setMemory(
        pool.take(2 * BlockPool.EXTENT_BYTES), 2L * BlockPool.EXTENT_BYTES, (byte) 1);
    assertThat(pool.foundBytes()).isEqualTo(BlockPool.EXTENT_BYTES);
    assertThat(heldBytes()).isEqualTo(3L * BlockPool.EXTENT_BYTES);
    pool.close();
  }

  @Test
  void shouldKeepNothingThatIsFoundAfterTheEnd() {
    final BlockPool pool = new BlockPool();
    pool.close();
    pool.find();
    assertThat(pool.foundBytes()).isZero();
  }

  @Test
  void shouldFindNothingForAMemoryWithoutTables() {
    try (Memory memory = new Memory()) {
      assertThat(memory.findAhead()).isFalse();
    }
  }

  @Test
  void shouldLeaveTheWriterNothingToFindForCutsAndGrowth() {
    try (Memory memory = new Memory()) {
      final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      final int records = 16 * table.recordsPerSegment();
      for (int slot = 0; slot < records; slot++) {
        table.ensure(slot, 0);
      }
      findAll(memory);
      final long found = Memory.totalAllocatedBytes();
      assertThat(found - before - memory.allocatedBytes())
          .isBetween(memory.allocatedBytes() * 3 / 4, memory.allocatedBytes() * 3 / 2);
      try (CutReader reader = memory.openCut(0)) {
        for (int slot = 0; slot < records / 3; slot++) {
          UnsafeApi.putLong(table.writable(slot), 1);
        }
        table.ensure(records, 0);
        assertThat(reader.cut().isOpen()).isTrue();
      }
      assertThat(Memory.totalAllocatedBytes()).isEqualTo(found);
    }
  }

  @Test
  void shouldFindNoMoreForCutsThanTheirLimit() {
    final long limit = 3L * SEGMENT;
    try (Memory memory = new Memory(limit)) {
      final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      table.ensure(0, 0);
      for (int slot = 0; slot < 7 * table.recordsPerSegment(); slot++) {
        table.ensure(slot, 0);
      }
      findAll(memory);
      assertThat(Memory.totalAllocatedBytes() - before - memory.allocatedBytes())
          .isEqualTo(BlockPool.EXTENT_BYTES);
    }
  }

  @Test
  void shouldGrowIntoWhatWasReservedAndTakeNothingFromTheSystemMeanwhile() {
    try (Memory memory = new Memory()) {
      final long reserve = 5L * BlockPool.EXTENT_BYTES - 1;
      memory.reserve(reserve);
      assertThat(memory.foundAheadBytes()).isEqualTo(reserve + 1);
      assertThat(heldBytes()).isEqualTo(reserve + 1);
      final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      int slot = 0;
      while (memory.foundAheadBytes() > 0) {
        table.ensure(slot, 0);
        slot += table.recordsPerSegment();
      }
      assertThat(memory.allocatedBytes()).isBetween(reserve / 2, reserve);
      assertThat(heldBytes()).isEqualTo(reserve + 1);
    }
  }

  @Test
  void shouldCountWhatIsInUseAsReserved() {
    try (Memory memory = new Memory()) {
      final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      for (int slot = 0; slot < 20 * table.recordsPerSegment(); slot++) {
        table.ensure(slot, 0);
      }
      memory.reserve(memory.allocatedBytes());
      assertThat(memory.foundAheadBytes()).isZero();
      memory.reserve(memory.allocatedBytes() + 1);
      assertThat(memory.foundAheadBytes()).isEqualTo(BlockPool.EXTENT_BYTES);
    }
  }

  @Test
  void shouldStandAWriterThatGrowsAndClosesMeanwhile() throws Exception {
    for (int round = 0; round < 20; round++) {
      final AtomicBoolean ended = new AtomicBoolean();
      final CountDownLatch begun = new CountDownLatch(1);
      final Memory memory = new Memory();
      final Thread finder =
          new Thread(
              () -> {
                while (!ended.get()) {
                  memory.findAhead();
                  begun.countDown();
                }
              });
      finder.start();
      begun.await();
      final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      for (int slot = 0; slot < 40 * table.recordsPerSegment(); slot += 64) {
        table.ensure(slot, 0);
        UnsafeApi.putLong(table.writable(slot), slot);
      }
      for (int slot = 0; slot < 40 * table.recordsPerSegment(); slot += 64) {
        assertThat(UnsafeApi.getLong(table.address(slot))).isEqualTo(slot);
      }
      memory.close();
      ended.set(true);
      finder.join();
    }
  }

  private static void findAll(Memory memory) {
    int extents = 0;
    while (memory.findAhead()) {
      extents++;
    }
    assertThat(extents).isPositive();
  }

  private long heldBytes() {
    return Memory.totalAllocatedBytes() - before;
  }
}
