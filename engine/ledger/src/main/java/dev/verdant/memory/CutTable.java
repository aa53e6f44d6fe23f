package dev.verdant.memory;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * A table's records as of a cut, read through private copies of the pages read last. An address
 * stays good until {@link #PAGES_IN_REACH} other pages of the table have been read: the page that
 * has not been read for longest goes first. One thread at a time.
 */
final class CutTable extends Records {
  private static final long NONE = -1;

  /** As long as none has been read; not to be changed. */
  private static final long[] NO_PAGES = {NONE};

  /** Pages copied at once while draining, as a power of two: 4 KiB of them. */
  private static final int RUN_SHIFT = 5;

  private final CutReader reader;
  private final TableImage image;
  private final SegmentLayout layout;
  private final int pageShift;
  private final int recordMask;
  private final int recordBytes;

  /** The pages read last, by position; made with the first one, since most tables are not read. */
  private long[] pageAt = NO_PAGES;

  private long[] readAt;
  private long pages;
  private long pageChanges;
  private int last;

  CutTable(CutReader reader, TableImage image) {
    this.reader = reader;
    this.image = image;
    layout = image.layout;
    pageShift = layout.pageShift();
    recordMask = (1 << pageShift) - 1;
    recordBytes = layout.recordBytes();
  }

  @Override
  public long address(int slot) {
    final long page = (slot & 0xFFFF_FFFFL) >>> pageShift;
    if (pageAt[last] != page) {
      turnTo(page, slot);
    }
    return copyAt(last) + (long) (slot & recordMask) * recordBytes;
  }

  @Override
  public long address(int slot, SegmentLayout constant) {
    assert constant.equals(layout) : constant + " instead of " + layout;
    return address(slot);
  }

  private long copyAt(int position) {
    return pages + (long) position * layout.pageBytes();
  }

  private void turnTo(long page, int slot) {
    if (pages == 0) {
      start();
    }
    int oldest = 0;
    for (int i = 0; i < PAGES_IN_REACH; i++) {
      if (pageAt[i] == page) {
        use(i);
        return;
      }
      if (readAt[i] < readAt[oldest]) {
        oldest = i;
      }
    }
    requireReadable(slot);
    pageAt[oldest] = NONE;
    try {
      copy(slot, copyAt(oldest));
    } catch (CutAbandonedException e) {
      throw reader.restAfter(e);
    }
    pageAt[oldest] = page;
    use(oldest);
    reader.restAfter(layout.pageBytes());
  }

  private void start() {
    reader.requireNotClosed();
    pageAt = new long[PAGES_IN_REACH];
    readAt = new long[PAGES_IN_REACH];
    Arrays.fill(pageAt, NONE);
    pages = Memory.allocateBuffer(PAGES_IN_REACH * layout.pageBytes());
  }

  private void requireReadable(int slot) {
    reader.requireNotClosed();
    if (image.hasPassedAcquire(slot)) {
      throw new IllegalStateException(
          "slot "
              + Integer.toUnsignedString(slot)
              + " of the cut of sequence "
              + reader.cut().sequence()
              + " has been drained");
    }
  }

  private void use(int position) {
    last = position;
    readAt[position] = ++pageChanges;
  }

  /** The protocol of {@link CutSpace}, the reader's side. */
  private void copy(int slot, long target) {
    reader.enterVolatile();
    try {
      final Cut cut = reader.cut();
      cut.requireOpenVolatile();
      final long segment = image.segment(slot);
      final long meta = layout.meta(segment, slot);
      if (!copyLive(meta, layout.page(segment, slot), target, cut.epoch)) {
        UnsafeApi.copyMemory(saved(meta, cut) + SavedPage.CONTENT, target, layout.pageBytes());
      }
      UnsafeApi.loadFence();
      cut.requireOpenVolatile();
    } finally {
      reader.leaveRelease();
    }
  }

  /** False if the page has been saved for the cut by now: the copy may hold later changes. */
  private boolean copyLive(long meta, long page, long target, long epoch) {
    if (SegmentLayout.epochAcquire(meta) >= epoch) {
      return false;
    }
    UnsafeApi.copyMemory(page, target, layout.pageBytes());
    UnsafeApi.loadFence();
    return SegmentLayout.epochAcquire(meta) < epoch;
  }

  /**
   * The newest version that is not later than the cut: that of the cut itself, while it is open.
   */
  private static long saved(long meta, Cut cut) {
    long block = SegmentLayout.headAcquire(meta);
    while (block != 0 && SavedPage.from(block) > cut.epoch) {
      block = SavedPage.olderAcquire(block);
    }
    if (block == 0) {
      cut.requireOpenVolatile();
      throw new IllegalStateException(
          "a page of the cut of sequence " + cut.sequence() + " is neither live nor saved");
    }
    return block;
  }

  /**
   * Hands on a run of slots, some pages at a time; where nobody else reads the cut, lets go of them
   * after that.
   */
  void drain(int firstSlot, long slots, BlockSink sink, boolean alone) {
    final int recordsAtOnce = 1 << Math.min(pageShift + RUN_SHIFT, layout.segmentShift());
    final long run = Memory.allocateBuffer(recordsAtOnce * recordBytes);
    try {
      image.startPassing(firstSlot);
      long done = 0;
      while (done < slots) {
        final int slot = (int) (firstSlot + done);
        final int before = slot & recordsAtOnce - 1;
        final int records = (int) Math.min(slots - done, recordsAtOnce - before);
        requireReadable(slot);
        copyRun(slot - before, (before + records + recordMask) >>> pageShift, run);
        sink.write(run + (long) before * recordBytes, records * recordBytes);
        done += records;
        if (alone) {
          image.passRelease(done);
        }
        reader.restAfter(records * recordBytes);
      }
    } catch (CutAbandonedException e) {
      throw reader.restAfter(e);
    } finally {
      Memory.freeBuffer(run, recordsAtOnce * recordBytes);
    }
  }

  /** The same protocol for some pages of one segment: all live ones first, then what was saved. */
  private void copyRun(int slot, int pageCount, long target) {
    reader.enterVolatile();
    try {
      final Cut cut = reader.cut();
      cut.requireOpenVolatile();
      final long segment = image.segment(slot);
      UnsafeApi.copyMemory(
          layout.page(segment, slot), target, (long) pageCount * layout.pageBytes());
      UnsafeApi.loadFence();
      for (int i = 0; i < pageCount; i++) {
        final long meta = layout.meta(segment, slot + (i << pageShift));
        if (SegmentLayout.epochAcquire(meta) >= cut.epoch) {
          UnsafeApi.copyMemory(
              saved(meta, cut) + SavedPage.CONTENT,
              target + (long) i * layout.pageBytes(),
              layout.pageBytes());
        }
      }
      UnsafeApi.loadFence();
      cut.requireOpenVolatile();
    } finally {
      reader.leaveRelease();
    }
  }

  void close() {
    if (pages != 0) {
      Memory.freeBuffer(pages, PAGES_IN_REACH * layout.pageBytes());
      pages = 0;
      pageAt = NO_PAGES;
      last = 0;
    }
  }
}
