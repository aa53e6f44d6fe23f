package dev.verdant.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.UnsafeApi;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.LongArrayList;

/**
 * Where a memory's segments and chunks come from: blocks of the same size that were given back, or
 * blocks carved from an extent that another thread has found ahead, or new ones. All stay with the
 * pool until it is closed.
 *
 * <p>A system gives out addresses, and looks for the page behind one when it is first touched: half
 * a microsecond for 4 KiB, five milliseconds for 2 MiB where a host below it has to find them, too.
 * Who finds an extent touches all its pages, so that the writer need not.
 *
 * <p>The writer's alone but for what is marked otherwise.
 */
final class BlockPool {
  /**
   * Bytes found at a time: 14 segments of records whose length is a power of two, or 18 of 96
   * bytes; or 19 of 192 bytes, with a fiftieth left over.
   */
  static final int EXTENT_BYTES = 126 << 17;

  private static final int PAGE_BYTES = 4 << 10;

  private final Int2ObjectHashMap<LongArrayList> freeBySize = new Int2ObjectHashMap<>();

  /** Everything that must go back to the system, with its size. */
  private final LongArrayList owned = new LongArrayList();

  private final LongArrayList ownedBytes = new LongArrayList();

  /** Extents found ahead that nothing has been carved from. */
  private final AtomicReference<Extent> found = new AtomicReference<>();

  private final AtomicLong foundBytes = new AtomicLong();
  private boolean closed;

  private record Extent(long address, Extent next) {}

  /** A block of whatever content, aligned to {@link Memory#ALIGNMENT}. */
  long take(int bytes) {
    final LongArrayList free = free(bytes);
    if (free.isEmpty() && !carve(bytes, free)) {
      return own(Memory.allocateBuffer(bytes), bytes);
    }
    return free.popLong();
  }

  /** Takes a block back, to be used again for one of the same size. */
  void giveBack(long block, int bytes) {
    free(bytes).pushLong(block);
  }

  private LongArrayList free(int bytes) {
    LongArrayList free = freeBySize.get(bytes);
    if (free == null) {
      free = new LongArrayList();
      freeBySize.put(bytes, free);
    }
    return free;
  }

  /** Makes blocks of an extent that was found; false if there is none, or it is too small. */
  private boolean carve(int bytes, LongArrayList free) {
    final int step = (bytes + Memory.ALIGNMENT - 1) & -Memory.ALIGNMENT;
    final Extent extent = step > EXTENT_BYTES ? null : pollFound();
    if (extent == null) {
      return false;
    }
    own(extent.address, EXTENT_BYTES);
    for (int i = EXTENT_BYTES / step - 1; i >= 0; i--) {
      free.pushLong(extent.address + (long) i * step);
    }
    return true;
  }

  /** The last extent that was found, null if there is none. */
  private Extent pollFound() {
    Extent extent;
    do {
      extent = found.get();
      if (extent == null) {
        return null;
      }
    } while (!found.compareAndSet(extent, extent.next));
    foundBytes.addAndGet(-EXTENT_BYTES);
    return extent;
  }

  private long own(long address, int bytes) {
    owned.addLong(address);
    ownedBytes.addLong(bytes);
    return address;
  }

  /** Bytes that were found ahead and have not been used; any thread. */
  long foundBytes() {
    return foundBytes.get();
  }

  /** Finds an extent for the writer; any other thread. */
  void find() {
    final long extent = Memory.allocateBuffer(EXTENT_BYTES);
    for (int offset = 0; offset < EXTENT_BYTES; offset += PAGE_BYTES) {
      UnsafeApi.putByte(extent + offset, (byte) 0);
    }
    handOver(extent);
  }

  private synchronized void handOver(long extent) {
    if (closed) {
      Memory.freeBuffer(extent, EXTENT_BYTES);
    } else {
      foundBytes.addAndGet(EXTENT_BYTES);
      found.getAndUpdate(before -> new Extent(extent, before));
    }
  }

  /** Gives everything back to the system; no block may be touched afterwards. */
  synchronized void close() {
    closed = true;
    for (int i = 0; i < owned.size(); i++) {
      Memory.freeBuffer(owned.getLong(i), (int) ownedBytes.getLong(i));
    }
    owned.clear();
    freeBySize.clear();
    for (Extent extent = pollFound(); extent != null; extent = pollFound()) {
      Memory.freeBuffer(extent.address, EXTENT_BYTES);
    }
  }
}
