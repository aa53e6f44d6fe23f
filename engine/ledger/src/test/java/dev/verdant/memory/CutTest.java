package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdant.ledger.harness.LeakGuarded;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CutTest extends LeakGuarded {
  private static final int RECORD_BYTES = 32;
  private static final int RECORDS_OF_PAGE = SegmentLayout.PAGE_BYTES / RECORD_BYTES;
  private static final int SLOTS = 3 * 32_768;
  private static final int LIMIT_PAGES = 8;

  private final Memory memory = new Memory(LIMIT_PAGES * (long) SavedPage.BLOCK_BYTES);
  private final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));

  CutTest() {
    for (int slot = 0; slot < SLOTS; slot++) {
      table.ensure(slot, 0);
      put(slot, slot);
    }
  }

  @AfterEach
  void closeMemory() {
    memory.close();
  }

  @Test
  void shouldReadWhatStoodThereWhenThePageChangesAfterTheCut() {
    try (CutReader reader = memory.openCut(1)) {
      Records records = reader.records(table);
      put(5, 500);
      put(5, 501);
      assertThat(get(records, 5)).isEqualTo(5);
      assertThat(get(records, 6)).isEqualTo(6);
      assertThat(get(table, 5)).isEqualTo(501);
      assertThat(memory.keptForCutsBytes()).isEqualTo(SavedPage.BLOCK_BYTES);
    }
  }

  @Test
  void shouldKeepNoPageThatADrainingReaderHasPassed() {
    try (CutReader reader = memory.openCut(1)) {
      final int[] bytes = new int[1];
      final int drained = 2 * RECORDS_OF_PAGE;
      reader.drain(table, 0, drained, (address, length) -> bytes[0] += length);
      assertThat(bytes[0]).isEqualTo(drained * RECORD_BYTES);
      put(5, 500);
      put(drained - 1, 501);
      assertThat(memory.keptForCutsBytes()).isZero();
      put(drained, 502);
      assertThat(memory.keptForCutsBytes()).isEqualTo(SavedPage.BLOCK_BYTES);
      assertThatThrownBy(() -> get(reader.records(table), 5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("slot 5 of the cut of sequence 1 has been drained");
      assertThat(get(reader.records(table), drained)).isEqualTo(drained);
      assertThatThrownBy(() -> reader.cut().newReader())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is being drained");
    }
    memory.reclaim();
    assertThat(memory.openCuts()).isZero();
  }

  @Test
  void shouldPassNoSlotBeforeTheOneWhereItsDrainBegan() {
    try (CutReader reader = memory.openCut(1)) {
      final int first = 2 * RECORDS_OF_PAGE;
      reader.drain(table, first, RECORDS_OF_PAGE, (address, length) -> {});
      put(first, 500);
      put(first + RECORDS_OF_PAGE - 1, 501);
      assertThat(memory.keptForCutsBytes()).isZero();
      put(first - 1, 502);
      assertThat(get(reader.records(table), first - 1)).isEqualTo(first - 1);
      assertThatThrownBy(() -> reader.drain(table, first, 1, (address, length) -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("slot 8 of the cut of sequence 1 has been drained");
    }
  }

  @Test
  void shouldSaveTheLongestRecordWhole() {
    final int longest = SegmentLayout.MAX_RECORD_BYTES;
    final Table longRecords = new Table(memory, SegmentLayout.of(longest));
    longRecords.ensure(2, 0);
    for (int slot = 0; slot <= 2; slot++) {
      UnsafeApi.setMemory(longRecords.writable(slot), longest, (byte) slot);
    }
    try (CutReader reader = memory.openCut(1)) {
      for (int slot = 0; slot <= 2; slot++) {
        UnsafeApi.setMemory(longRecords.writable(slot), longest, (byte) -1);
      }
      for (int slot = 0; slot <= 2; slot++) {
        final long record = reader.records(longRecords).address(slot);
        for (int at = 0; at < longest; at++) {
          assertThat(UnsafeApi.getByte(record + at)).isEqualTo((byte) slot);
        }
      }
    }
    assertThatThrownBy(() -> SegmentLayout.of(longest + Long.BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most " + longest);
  }

  @Test
  void shouldSaveThePageOfANewRecordOnlyWhereOlderRecordsShareIt() {
    final SegmentLayout layout = SegmentLayout.of(SegmentLayout.PAGE_BYTES);
    final Table alone = new Table(memory, layout);
    alone.ensure(1, 0);
    UnsafeApi.putLong(alone.writable(0), 7);
    try (CutReader reader = memory.openCut(1)) {
      UnsafeApi.putLong(alone.writableNew(1, layout), 8);
      assertThat(memory.keptForCutsBytes()).isZero();
      assertThat(get(reader.records(alone), 0)).isEqualTo(7);

      UnsafeApi.putLong(table.writableNew(5, SegmentLayout.of(RECORD_BYTES)), 500);
      assertThat(memory.keptForCutsBytes()).isEqualTo(SavedPage.BLOCK_BYTES);
      assertThat(get(reader.records(table), 5)).isEqualTo(5);
    }
  }

  @Test
  void shouldBringNearWhatAChangeReadsFirstOnlyWhileACutIsOpen() {
    assertThat(table.gate(5)).isZero();
    try (CutReader reader = memory.openCut(1)) {
      assertThat(SegmentLayout.epochPlain(table.gate(5))).isLessThan(reader.cut().epoch);
      put(5, 500);
      assertThat(SegmentLayout.epochPlain(table.gate(5))).isEqualTo(reader.cut().epoch);
    }
  }

  @Test
  void shouldKeepWhatADrainingReaderHasPassedForEveryOtherCut() {
    try (CutReader older = memory.openCut(1);
        CutReader draining = memory.openCut(2)) {
      draining.drain(table, 0, 2 * RECORDS_OF_PAGE, (address, length) -> {});
      put(5, 500);
      assertThat(get(older.records(table), 5)).isEqualTo(5);
    }
    memory.reclaim();
    try (CutReader draining = memory.openCut(3)) {
      draining.drain(table, 0, 2 * RECORDS_OF_PAGE, (address, length) -> {});
      put(5, 600);
      try (CutReader newer = memory.openCut(4)) {
        put(5, 700);
        assertThat(get(newer.records(table), 5)).isEqualTo(600);
      }
    }
  }

  @Test
  void shouldKeepWhatAForkMayStillReadBehindADrainingReader() {
    try (CutReader reader = memory.openCut(1);
        CutReader fork = reader.cut().newReader()) {
      reader.drain(table, 0, 2 * RECORDS_OF_PAGE, (address, length) -> {});
      put(5, 500);
      assertThat(get(fork.records(table), 5)).isEqualTo(5);
    }
  }

  @Test
  void shouldSaveAPageOnceWhenSeveralCutsSeeTheSameContent() {
    try (CutReader first = memory.openCut(1);
        CutReader second = memory.openCut(2)) {
      put(5, 500);
      assertThat(memory.keptForCutsBytes()).isEqualTo(SavedPage.BLOCK_BYTES);
      try (CutReader third = memory.openCut(3)) {
        put(5, 600);
        assertThat(get(first.records(table), 5)).isEqualTo(5);
        assertThat(get(second.records(table), 5)).isEqualTo(5);
        assertThat(get(third.records(table), 5)).isEqualTo(500);
        assertThat(memory.keptForCutsBytes()).isEqualTo(2L * SavedPage.BLOCK_BYTES);
      }
    }
  }

  @Test
  void shouldGiveBackTheNewerVersionWhenTheNewerCutClosesFirst() {
    try (CutReader first = memory.openCut(1)) {
      put(5, 500);
      CutReader second = memory.openCut(2);
      put(5, 600);
      second.close();
      memory.reclaim();
      assertThat(memory.openCuts()).isEqualTo(1);
      assertThat(memory.keptForCutsBytes()).isEqualTo(SavedPage.BLOCK_BYTES);
      assertThat(get(first.records(table), 5)).isEqualTo(5);
    }
    memory.reclaim();
    assertThat(memory.keptForCutsBytes()).isZero();
  }

  @Test
  void shouldHandAVersionToTheOlderCutWhenTheNewerOneThatSharesItCloses() {
    try (CutReader first = memory.openCut(1)) {
      CutReader second = memory.openCut(2);
      put(5, 500);
      second.close();
      memory.reclaim();
      assertThat(memory.keptForCutsBytes()).isEqualTo(SavedPage.BLOCK_BYTES);
      assertThat(get(first.records(table), 5)).isEqualTo(5);
    }
  }

  @Test
  void shouldKeepAReleasedSegmentUntilTheCutThatHasItCloses() {
    try (Memory roomy = new Memory()) {
      Table released = new Table(roomy, SegmentLayout.of(RECORD_BYTES));
      released.ensure(0, 0);
      UnsafeApi.putLong(released.writable(7), 77);
      long before = roomy.allocatedBytes();
      CutReader reader = roomy.openCut(1);
      released.release(0);
      assertThat(roomy.allocatedBytes()).isEqualTo(before);
      assertThat(get(reader.records(released), 7)).isEqualTo(77);
      reader.close();
      roomy.reclaim();
      assertThat(roomy.allocatedBytes()).isZero();
    }
  }

  @Test
  void shouldGiveTheOldestCutUpWhenTheLimitIsReached() {
    CutReader first = memory.openCut(11);
    Records ofFirst = first.records(table);
    assertThat(get(ofFirst, 0)).isZero();
    put(0, -1);
    try (CutReader second = memory.openCut(12)) {
      for (int page = 0; page < LIMIT_PAGES; page++) {
        put(page * RECORDS_OF_PAGE, -2);
      }
      assertThat(memory.openCuts()).isEqualTo(1);
      assertThatThrownBy(() -> get(ofFirst, 5000))
          .isInstanceOf(CutAbandonedException.class)
          .hasMessage(
              "the cut of sequence 11 was given up: what open cuts keep would exceed the limit of"
                  + " 1856 bytes (1856 in saved pages, 0 in released segments)");
      assertThat(get(second.records(table), 0)).isEqualTo(-1);
      assertThatThrownBy(() -> first.cut().newReader()).isInstanceOf(CutAbandonedException.class);
    }
    first.close();
  }

  @Test
  void shouldGiveBackEveryReleasedSegmentWithAFewReclaims() {
    try (Memory roomy = new Memory()) {
      Table released = new Table(roomy, SegmentLayout.of(RECORD_BYTES));
      for (int slot = 0; slot < SLOTS; slot += released.recordsPerSegment()) {
        released.ensure(slot, 0);
      }
      CutReader reader = roomy.openCut(1);
      for (int slot = 0; slot < SLOTS; slot += released.recordsPerSegment()) {
        released.release(slot);
      }
      reader.close();
      for (int slot = 0; slot < SLOTS; slot += released.recordsPerSegment()) {
        roomy.reclaim();
      }
      assertThat(roomy.allocatedBytes()).isZero();
    }
  }

  @Test
  void shouldGiveBackAReleasedSegmentWhenTheReaderInsideACopyHasLeftIt() {
    final long before = memory.allocatedBytes();
    CutReader reader = memory.openCut(1);
    reader.enterVolatile();
    table.release(0);
    final long whileInside = memory.allocatedBytes();
    reader.leaveRelease();
    memory.reclaim();
    reader.close();
    assertThat(whileInside).isEqualTo(before);
    assertThat(memory.allocatedBytes()).isEqualTo(before - SegmentLayout.FULL_SEGMENT_BYTES);
  }

  @Test
  void shouldUseThePagesOfAClosedCutAgainBeforeItGivesAnotherUp() {
    try (CutReader older = memory.openCut(1)) {
      putPages(0, LIMIT_PAGES / 2);
      CutReader newer = memory.openCut(2);
      putPages(0, LIMIT_PAGES / 2);
      newer.close();
      putPages(LIMIT_PAGES / 2, LIMIT_PAGES);
      assertThat(memory.cutsGivenUp()).isZero();
      assertThat(get(older.records(table), 5)).isEqualTo(5);
    }
  }

  @Test
  void shouldGiveOneCutUpEarlyEnoughForTheNextToStayWhileAReaderIsInsideACopy() {
    final int limitPages = 32;
    try (Memory reserving = new Memory(limitPages * (long) SavedPage.BLOCK_BYTES)) {
      Table changing = new Table(reserving, SegmentLayout.of(SegmentLayout.PAGE_BYTES));
      changing.ensure(limitPages, 0);
      CutReader inside = reserving.openCut(1);
      for (int page = 0; page < limitPages / 2; page++) {
        UnsafeApi.putLong(changing.writable(page), 1);
      }
      inside.enterVolatile();
      try (CutReader next = reserving.openCut(2)) {
        for (int page = 0; page < limitPages / 2; page++) {
          UnsafeApi.putLong(changing.writable(page), 2);
        }
        final boolean wasGivenUpInTime = !inside.cut().isOpen();
        inside.leaveRelease();
        UnsafeApi.putLong(changing.writable(limitPages), 2);
        assertThat(wasGivenUpInTime).isTrue();
        assertThat(reserving.cutsGivenUp()).isEqualTo(1);
        assertThat(get(next.records(changing), 0)).isEqualTo(1);
      }
      inside.close();
    }
  }

  @Test
  void shouldGiveTheOldestCutUpWhenReleasedSegmentsReachTheLimit() {
    try (CutReader reader = memory.openCut(1)) {
      table.release(SLOTS - 1);
      assertThat(memory.openCuts()).isZero();
      assertThatThrownBy(() -> get(reader.records(table), SLOTS - 1))
          .isInstanceOf(CutAbandonedException.class)
          .hasMessageContaining("1179648 in released segments");
      assertThat(memory.keptForCutsBytes()).isZero();
    }
  }

  @Test
  void shouldHoldNoMemoryBackWhenAReaderNeverCloses() {
    try (CutReader hanging = memory.openCut(1)) {
      get(hanging.records(table), 0);
      for (int slot = 0; slot < SLOTS; slot += RECORDS_OF_PAGE) {
        put(slot, -1);
      }
      assertThat(memory.openCuts()).isZero();
      assertThat(memory.keptForCutsBytes()).isZero();
      assertThat(memory.openReaders()).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepWhatAReaderIsCopyingUntilItHasLeftTheCopy() {
    CutReader reader = memory.openCut(1);
    put(5, 500);
    reader.enterVolatile();
    CutReader other = reader.cut().newReader();
    for (int page = 0; page < LIMIT_PAGES + 1; page++) {
      put(page * RECORDS_OF_PAGE, -2);
    }
    assertThat(memory.openCuts()).isZero();
    assertThat(memory.keptForCutsBytes()).isEqualTo(LIMIT_PAGES * (long) SavedPage.BLOCK_BYTES);
    reader.leaveRelease();
    memory.reclaim();
    assertThat(memory.keptForCutsBytes()).isZero();
    reader.close();
    other.close();
  }

  @Test
  void shouldNotFreeTheMemoryBeforeTheReaderInsideACopyHasLeftIt() throws InterruptedException {
    CutReader reader = memory.openCut(1);
    put(5, 500);
    reader.enterVolatile();
    Thread closing = new Thread(memory::close);
    closing.start();
    while (reader.cut().isOpen()) {
      Thread.onSpinWait();
    }
    closing.join(50);
    final boolean isClosed = !closing.isAlive();
    reader.leaveRelease();
    closing.join();
    reader.close();
    assertThat(isClosed).isFalse();
  }

  @Test
  void shouldRefuseAReaderWhenTheMemoryIsClosed() {
    try (CutReader reader = memory.openCut(7)) {
      Records records = reader.records(table);
      memory.close();
      assertThatThrownBy(() -> get(records, 1))
          .isInstanceOf(CutAbandonedException.class)
          .hasMessage("the cut of sequence 7 was given up: its memory is closed");
    }
  }

  @Test
  void shouldRefuseAReadWhenTheReaderIsClosed() {
    CutReader reader = memory.openCut(7);
    Records records = reader.records(table);
    assertThat(get(records, 1)).isEqualTo(1);
    reader.close();
    assertThatThrownBy(() -> get(records, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the reader of sequence 7 is closed");
  }

  @Test
  void shouldKeepAnAddressGoodUntilSevenOtherPagesAreRead() {
    try (CutReader reader = memory.openCut(1)) {
      Records records = reader.records(table);
      for (int page = 1; page < 50; page++) {
        get(records, page * RECORDS_OF_PAGE);
      }
      get(records, 45 * RECORDS_OF_PAGE);
      long address = records.address(44 * RECORDS_OF_PAGE);
      for (int page = 100; page < 100 + Records.PAGES_IN_REACH - 1; page++) {
        get(records, page * RECORDS_OF_PAGE);
      }
      assertThat(UnsafeApi.getLong(address)).isEqualTo(44 * RECORDS_OF_PAGE);
    }
  }

  private void putPages(int from, int to) {
    for (int page = from; page < to; page++) {
      put(page * RECORDS_OF_PAGE, -1);
    }
  }

  private void put(int slot, long value) {
    UnsafeApi.putLong(table.writable(slot), value);
  }

  private static long get(Records records, int slot) {
    return UnsafeApi.getLong(records.address(slot));
  }
}
