package dev.verdant.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.ledger.harness.LeakGuarded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/**
 * The race for one page. The writer opens a cut, hands it to a reader and changes the page at once,
 * word by word, while the reader copies it: live, saved, or live and then saved after all. Every
 * other reader drains the cut, so that pages that it has passed are not saved.
 *
 * <p>Accepted: every word is that of the cut's moment. Accepted where the limit is too small: the
 * cut is given up. Forbidden: a later word, an earlier one, or a mixture; it would mean that the
 * epoch was not seen though a change was, that a block was used again under a reader's eyes, or
 * that a cut was given up without its reader being told.
 */
class CutHandOverTest extends LeakGuarded {
  private static final int CUTS = 150_000;
  private static final int RECORD_BYTES = 16;
  private static final int RECORDS_OF_PAGE = SegmentLayout.PAGE_BYTES / RECORD_BYTES;
  private static final int PAGES = 3;

  private final AtomicReference<CutReader> handOver = new AtomicReference<>();
  private volatile boolean writerIsDone;

  @Test
  void shouldSeeThePageOfItsOwnMomentWhenTheWriterChangesItAtOnce() throws Exception {
    assertThat(race(Memory.DEFAULT_CUT_LIMIT_BYTES)).as("cuts given up").isZero();
  }

  @Test
  void shouldSeeThePageOrBeToldWhenTheCutIsGivenUpAtOnce() throws Exception {
    assertThat(race(2L * SavedPage.BLOCK_BYTES)).as("cuts given up").isBetween(1, CUTS);
  }

  /** Number of cuts that were given up before they were read. */
  private int race(long limitBytes) throws Exception {
    try (Memory memory = new Memory(limitBytes)) {
      final Table table = new Table(memory, SegmentLayout.of(RECORD_BYTES));
      table.ensure(0, 0);
      change(table, 0);
      final CompletableFuture<int[]> reading = CompletableFuture.supplyAsync(() -> readAll(table));
      int handed = 0;
      for (int moment = 1; moment <= CUTS; moment++) {
        final CutReader reader = memory.openCut(moment - 1);
        if (handOver.compareAndSet(null, reader)) {
          handed++;
        } else {
          reader.close();
        }
        change(table, moment);
        memory.reclaim();
      }
      writerIsDone = true;
      final int[] readAndGivenUp = reading.get(1, TimeUnit.MINUTES);
      memory.reclaim();
      assertThat(readAndGivenUp[0] + readAndGivenUp[1]).as("cuts handed over").isEqualTo(handed);
      assertThat(memory.keptForCutsBytes()).isZero();
      return readAndGivenUp[1];
    }
  }

  private static void change(Table table, long moment) {
    for (int slot = 0; slot < PAGES * RECORDS_OF_PAGE; slot++) {
      final long record = table.writable(slot);
      UnsafeApi.putLong(record, moment);
      UnsafeApi.putLong(record + RECORD_BYTES - Long.BYTES, moment);
    }
  }

  private int[] readAll(Table table) {
    final int[] readAndGivenUp = new int[2];
    while (true) {
      final boolean last = writerIsDone;
      final CutReader reader = handOver.get();
      if (reader != null) {
        readAndGivenUp[read(reader, table) ? 0 : 1]++;
        reader.close();
        handOver.set(null);
      } else if (last) {
        return readAndGivenUp;
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /** False if the cut was given up. */
  private static boolean read(CutReader reader, Table table) {
    final long moment = reader.cut().sequence();
    try {
      if (moment % 2 == 0) {
        drain(reader, table);
      } else {
        final Records records = reader.records(table);
        for (int slot = PAGES * RECORDS_OF_PAGE - 1; slot >= 0; slot--) {
          requireOfMoment(records.address(slot), moment);
        }
      }
      return true;
    } catch (CutAbandonedException e) {
      return false;
    }
  }

  private static void drain(CutReader reader, Table table) {
    reader.drain(
        table,
        0,
        PAGES * RECORDS_OF_PAGE,
        (address, length) -> {
          for (long record = address; record < address + length; record += RECORD_BYTES) {
            requireOfMoment(record, reader.cut().sequence());
          }
        });
  }

  private static void requireOfMoment(long record, long moment) {
    if (UnsafeApi.getLong(record) != moment
        || UnsafeApi.getLong(record + RECORD_BYTES - Long.BYTES) != moment) {
      throw new AssertionError("cut of " + moment + " sees " + UnsafeApi.getLong(record));
    }
  }
}
