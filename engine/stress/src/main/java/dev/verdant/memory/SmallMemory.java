package dev.verdant.memory;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * What the races are about: one memory with one table of a single segment, so small that tens of
 * thousands of them come and go in a second. Every word of a page that is looked at holds the
 * moment of the page's last change, so that what was read tells its age.
 *
 * <p>Everything that would allocate for the first time in a race has been done once before it, on
 * {@link #SPARE_PAGE}: allocation fences, and would hide what is missing.
 */
final class SmallMemory {
  /** The words of a page were not all of one moment. */
  static final int MIXTURE = -1;

  /** The cut was given up, and the reader was told so and why. */
  static final int GIVEN_UP = -2;

  /** The page was neither live nor saved: its chain led nowhere. */
  static final int LOST = -3;

  /** The cut was given up, and the reader was not told why. */
  static final int NOT_TOLD_WHY = -4;

  /** The page that is raced for, and two more for what else a test changes. */
  static final int PAGE = 0;

  static final int OTHER_PAGE = 1;
  static final int THIRD_PAGE = 2;
  private static final int SPARE_PAGE = 3;
  private static final int PAGES = 4;

  private static final int RECORD_BYTES = 16;
  private static final int RECORDS_OF_PAGE = SegmentLayout.PAGE_BYTES / RECORD_BYTES;

  private final Memory memory;
  private final Table table;

  /** A memory whose cuts may keep so many pages; everything in it is of moment 1. */
  SmallMemory(int savedPages) {
    memory = new Memory((long) savedPages * SavedPage.BLOCK_BYTES);
    table = new Table(memory, SegmentLayout.of(RECORD_BYTES, PAGES * SegmentLayout.PAGE_BYTES));
    table.ensure(0, 0);
    for (int page = 0; page < PAGES; page++) {
      change(page, 1);
    }
  }

  Memory memory() {
    return memory;
  }

  /** A reader of a new cut. */
  CutReader openCut() {
    return memory.openCut(0);
  }

  /** Saves a page that no test looks at: one block is in use, the chunk of the next is there. */
  void saveSparePage() {
    change(SPARE_PAGE, 2);
  }

  /** The table as a reader sees it; its room for copies is there. */
  Records records(CutReader reader) {
    final Records records = reader.records(table);
    read(records, SPARE_PAGE);
    return records;
  }

  /** The writer's: changes every record of a page. */
  void change(int page, int moment) {
    final int first = page * RECORDS_OF_PAGE;
    for (int slot = first; slot < first + RECORDS_OF_PAGE; slot++) {
      final long record = table.writable(slot);
      UnsafeApi.putLong(record, moment);
      UnsafeApi.putLong(record + RECORD_BYTES - Long.BYTES, moment);
    }
  }

  /** A reader's: the moment that a page is of, or what went wrong. */
  static int read(Records records, int page) {
    final int first = page * RECORDS_OF_PAGE;
    try {
      final long moment = UnsafeApi.getLong(records.address(first));
      for (int slot = first; slot < first + RECORDS_OF_PAGE; slot++) {
        final long record = records.address(slot);
        if (UnsafeApi.getLong(record) != moment
            || UnsafeApi.getLong(record + RECORD_BYTES - Long.BYTES) != moment) {
          return MIXTURE;
        }
      }
      return (int) moment;
    } catch (CutAbandonedException e) {
      return e.getMessage().endsWith("null") ? NOT_TOLD_WHY : GIVEN_UP;
    } catch (IllegalStateException e) {
      return LOST;
    }
  }

  /** A reader's: hands the first pages on; the moment that each is of, or what went wrong. */
  int[] drain(CutReader reader, int pages) {
    final int[] moments = new int[pages];
    Arrays.fill(moments, LOST);
    final int[] next = new int[1];
    try {
      reader.drain(
          table,
          0,
          (long) pages * RECORDS_OF_PAGE,
          (address, length) -> {
            for (int page = 0; page < length; page += SegmentLayout.PAGE_BYTES) {
              moments[next[0]++] = momentOf(address + page);
            }
          });
    } catch (IllegalStateException e) {
      // What was not handed on stays lost.
    }
    return moments;
  }

  private static int momentOf(long page) {
    final long moment = UnsafeApi.getLong(page);
    final long end = page + SegmentLayout.PAGE_BYTES;
    for (long record = page; record < end; record += RECORD_BYTES) {
      if (UnsafeApi.getLong(record) != moment
          || UnsafeApi.getLong(record + RECORD_BYTES - Long.BYTES) != moment) {
        return MIXTURE;
      }
    }
    return (int) moment;
  }

  /** The writer's: makes a page's first word the empty place of an entry. */
  void clearEntry(int page) {
    UnsafeApi.putLong(table.writable(page * RECORDS_OF_PAGE), 0);
  }

  /** The writer's: puts an entry past the gate, both halves of it the same. */
  void putEntry(int page, int half) {
    UnsafeApi.putLong(table.address(page * RECORDS_OF_PAGE), entry(half));
  }

  /** A reader's: the halves of a page's entry, 0 where it is empty, or what went wrong. */
  static int readEntry(Records records, int page) {
    final long entry = UnsafeApi.getLong(records.address(page * RECORDS_OF_PAGE));
    return entry == entry((int) entry) ? (int) entry : MIXTURE;
  }

  private static long entry(int half) {
    return (long) half << Integer.SIZE | half;
  }

  /** The writer's: changes the last record of a page through the gate. */
  void changeLast(int page, int moment) {
    UnsafeApi.putLong(table.writable((page + 1) * RECORDS_OF_PAGE - 1), moment);
  }

  /** A reader's: the moment of a page's last record. */
  static int readLast(Records records, int page) {
    return (int) UnsafeApi.getLong(records.address((page + 1) * RECORDS_OF_PAGE - 1));
  }

  /** What the newest saved page of a page is, 0 if none. */
  long headAcquire(int page) {
    final TableImage image = table.image();
    final int slot = page * RECORDS_OF_PAGE;
    return SegmentLayout.headAcquire(image.layout.meta(image.segment(slot), slot));
  }

  /** The writer's: lets the table's one segment go. */
  void releaseSegment() {
    table.release(0);
  }

  /** Number of saved pages that have not been given back, a released segment counted by size. */
  int keptPages() {
    return (int) (memory.keptForCutsBytes() / SavedPage.BLOCK_BYTES);
  }

  /** Closes a reader, the last one unless null, and everything; what was left before that. */
  int leftAfterClosing(CutReader last) {
    if (last != null) {
      last.close();
    }
    // Once to retire the cut, once for those who were inside a copy then.
    memory.reclaim();
    memory.reclaim();
    final int left = memory.openCuts() + memory.openReaders() + keptPages();
    memory.close();
    return left;
  }
}
