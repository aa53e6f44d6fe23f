package dev.verdant.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.UnsafeApi;

/**
 * Owner of all segments of one ledger. A segment is a zeroed block of at most a megabyte: the unit
 * in which tables grow, small enough that zeroing one (some 200 microseconds) is no stall.
 *
 * <p>Not thread-safe, but for {@link #totalAllocatedBytes}.
 */
public final class Memory implements AutoCloseable {
  /**
   * Segments start at a multiple of this: two cache lines, which the hardware fetches as a pair.
   */
  static final int ALIGNMENT = 128;

  private static final AtomicLong TOTAL_ALLOCATED = new AtomicLong();

  private final List<Table> tables = new ArrayList<>();
  private long allocatedBytes;
  private boolean closed;

  /** Bytes held by all memories of this process: 0 once every one is closed. */
  public static long totalAllocatedBytes() {
    return TOTAL_ALLOCATED.get();
  }

  /** Bytes that this memory holds off heap. */
  public long allocatedBytes() {
    return allocatedBytes;
  }

  void register(Table table) {
    tables.add(table);
  }

  void unregister(Table table) {
    tables.remove(table);
  }

  /**
   * Allocates a zeroed block. The pointer to free is kept in the bytes before the aligned address.
   */
  long allocate(int bytes) {
    if (closed) {
      throw new IllegalStateException("memory is closed");
    }
    final long pointer = UnsafeApi.allocateMemory(bytes + 2L * ALIGNMENT);
    final long address = (pointer + 2L * ALIGNMENT - 1) & -ALIGNMENT;
    UnsafeApi.putLong(address - Long.BYTES, pointer);
    UnsafeApi.setMemory(address, bytes, (byte) 0);
    allocatedBytes += bytes;
    TOTAL_ALLOCATED.addAndGet(bytes);
    return address;
  }

  void free(long address, int bytes) {
    UnsafeApi.freeMemory(UnsafeApi.getLong(address - Long.BYTES));
    allocatedBytes -= bytes;
    TOTAL_ALLOCATED.addAndGet(-bytes);
  }

  /** Frees every segment of every table. Records may not be touched afterwards. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      tables.forEach(Table::freeAll);
      tables.clear();
    }
  }
}
