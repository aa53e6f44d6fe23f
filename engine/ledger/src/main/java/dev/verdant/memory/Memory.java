package dev.verdant.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.UnsafeApi;

/**
 * Owner of all segments of one ledger. A segment is a block of about a megabyte: the unit in which
 * tables grow. The next ones are zeroed ahead of need, a piece with each command. All tables
 * together can be cut consistently while the writer runs.
 *
 * <p>One thread at a time, but for the counters that say otherwise.
 */
public final class Memory implements AutoCloseable {
  /**
   * Segments start at a multiple of this: two cache lines, which the hardware fetches as a pair.
   */
  static final int ALIGNMENT = 128;

  /**
   * Bytes that cuts may keep unless told otherwise: saved pages and released segments. Enough for
   * every page that orders change of five million accounts with four lots each, however long a cut
   * is open; and with 21 million accounts there is room for it in 12 GiB. Most of it is found ahead
   * if the tables are as large ({@link #findAhead}), the rest is taken only as needed.
   */
  public static final long DEFAULT_CUT_LIMIT_BYTES = 2L << 30;

  /** Share of what cuts may keep that is not found ahead of them. */
  private static final int NOT_FOUND_SHARE = 4;

  /** Share of the tables' size that is found ahead of their growth, and the most of it. */
  private static final int GROWTH_SHARE = 8;

  private static final long MAX_GROWTH_BYTES = 64L << 20;

  private static final AtomicLong TOTAL_ALLOCATED = new AtomicLong();
  private static final AtomicLong TOTAL_OPEN_READERS = new AtomicLong();

  private final List<Table> tables = new ArrayList<>();

  /** Tables whose next segments are being prepared, each at most once. */
  private final ArrayDeque<Table> preparing = new ArrayDeque<>();

  private final CutSpace cuts;
  private final BlockPool pool = new BlockPool();
  private final long cutLimitBytes;
  private final AtomicLong allocatedBytes = new AtomicLong();
  private boolean closed;

  /** A memory without tables, with the default limit for cuts. */
  public Memory() {
    this(DEFAULT_CUT_LIMIT_BYTES);
  }

  /**
   * A memory without tables.
   *
   * @param cutLimitBytes that cuts may keep, 0 or more; a cut that would need more is given up.
   * @throws IllegalArgumentException if the limit is negative.
   */
  public Memory(long cutLimitBytes) {
    if (cutLimitBytes < 0) {
      throw new IllegalArgumentException("limit of " + cutLimitBytes + " bytes for cuts");
    }
    this.cutLimitBytes = cutLimitBytes;
    cuts = new CutSpace(this, cutLimitBytes);
  }

  /**
   * Bytes held by all memories and readers of this process, 0 once every one is closed; any thread.
   */
  public static long totalAllocatedBytes() {
    return TOTAL_ALLOCATED.get();
  }

  /** Readers of cuts of all memories of this process that have not been closed; any thread. */
  public static long totalOpenReaders() {
    return TOTAL_OPEN_READERS.get();
  }

  static void countReader(int change) {
    TOTAL_OPEN_READERS.addAndGet(change);
  }

  /**
   * Has the writer's code for cuts compiled before the first cut of this process is opened; takes a
   * fifth of a second where nothing has been compiled yet, once. Any thread.
   */
  public static void prepareForCuts() {
    CutRehearsal.ensureDone();
  }

  /**
   * Bytes that tables and cuts hold off heap; what was found ahead of them comes on top, and what
   * they gave back. Any thread.
   */
  public long allocatedBytes() {
    return allocatedBytes.get();
  }

  /**
   * Finds memory ahead of the writer, some megabytes at a time, where there is less of it than the
   * growth of the tables and the next cuts are likely to take. So it is another thread that waits
   * for the system to look for the pages, some milliseconds for each two megabytes; the writer does
   * where nobody calls this often enough.
   *
   * <p>Any thread, until the memory is closed.
   *
   * @return whether there was less: then there may be still.
   */
  public boolean findAhead() {
    final long tables = allocatedBytes.get();
    final long cutsMayTake = Math.min(cutLimitBytes, tables);
    final long forCuts = cutsMayTake - cutsMayTake / NOT_FOUND_SHARE - cuts.arenaBytes();
    final long forGrowth = Math.min(tables / GROWTH_SHARE, MAX_GROWTH_BYTES);
    if (pool.foundBytes() >= Math.max(0, forCuts) + forGrowth) {
      return false;
    }
    pool.find();
    return true;
  }

  /**
   * Finds memory until tables and cuts, with what was found ahead of them, come to so many bytes:
   * the writer has none to wait for until they have grown that far. Takes as long as the system
   * needs to find it, some milliseconds for each two megabytes where a host has to.
   *
   * <p>Any thread, until the memory is closed.
   *
   * @throws OutOfMemoryError if the system refuses the addresses.
   */
  public void reserve(long bytes) {
    while (allocatedBytes.get() + pool.foundBytes() < bytes) {
      pool.find();
    }
  }

  /** Bytes that were found ahead and are not used; any thread. */
  public long foundAheadBytes() {
    return pool.foundBytes();
  }

  /**
   * Opens a cut of all tables as they are now, between two commands.
   *
   * @param sequence of the last command, for messages.
   * @return the cut's first reader, for any thread that it is handed to; the cut is open until all
   *     its readers are closed.
   */
  public CutReader openCut(long sequence) {
    requireOpen();
    return cuts.open(tables, sequence);
  }

  /** Number of cuts that the writer still saves pages for. */
  public int openCuts() {
    return cuts.openCuts();
  }

  /** Readers that have not been closed, those of abandoned cuts included; any thread. */
  public int openReaders() {
    return cuts.readers().all().length;
  }

  /** Readers that were dropped without being closed, so far; any thread. */
  public long leakedReaders() {
    return cuts.readers().leaked();
  }

  /** Cuts given up so far, since what they would have kept did not fit the limit. */
  public long cutsGivenUp() {
    return cuts.givenUp();
  }

  /** Bytes that are kept for cuts, within the limit. */
  public long keptForCutsBytes() {
    return cuts.keptBytes();
  }

  /** Does a little of the work that closed cuts leave behind; call it with each command. */
  public void reclaim() {
    cuts.reclaim();
  }

  /**
   * Does a little of the zeroing of segments that will be needed next; call it with each command.
   * Then no command has to zero a whole segment, and to wait for all its pages, but where it is a
   * table's first, or the one before was filled at once.
   */
  public void prepare() {
    if (!preparing.isEmpty() && preparing.element().prepareNext()) {
      preparing.remove();
    }
  }

  /** Has a table's next segment prepared; it must not be waiting for that yet. */
  void prepareLater(Table table) {
    preparing.add(table);
  }

  CutSpace cuts() {
    return cuts;
  }

  /** Tells all tables the newest cut's epoch, and the cut if it is the only one. */
  void noteNewestCut(long epoch, Cut only) {
    for (int i = 0; i < tables.size(); i++) {
      final Table table = tables.get(i);
      table.newestCut(epoch, only == null ? null : only.imageOrNull(table));
    }
  }

  void register(Table table) {
    tables.add(table);
    table.newestCut(cuts.newestEpoch(), null);
  }

  void unregister(Table table) {
    tables.remove(table);
    preparing.remove(table);
  }

  static void clear(long address, int bytes) {
    UnsafeApi.setMemory(address, bytes, (byte) 0);
  }

  /** Allocates a block of whatever content. */
  long allocate(int bytes) {
    requireOpen();
    count(bytes);
    return pool.take(bytes);
  }

  /** Takes a block back. */
  void free(long address, int bytes) {
    count(-bytes);
    pool.giveBack(address, bytes);
  }

  /** The writer's alone: others only read. */
  private void count(long bytes) {
    allocatedBytes.lazySet(allocatedBytes.get() + bytes);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("memory is closed");
    }
  }

  /**
   * Allocates a block of no memory in particular; any thread. The pointer to free is kept in the
   * bytes before the aligned address.
   */
  static long allocateBuffer(int bytes) {
    final long pointer = UnsafeApi.allocateMemory(bytes + 2L * ALIGNMENT);
    final long address = (pointer + 2L * ALIGNMENT - 1) & -ALIGNMENT;
    UnsafeApi.putLong(address - Long.BYTES, pointer);
    TOTAL_ALLOCATED.addAndGet(bytes);
    return address;
  }

  static void freeBuffer(long address, int bytes) {
    UnsafeApi.freeMemory(UnsafeApi.getLong(address - Long.BYTES));
    TOTAL_ALLOCATED.addAndGet(-bytes);
  }

  /**
   * Gives up all cuts and frees every segment of every table, as soon as no reader is inside a copy
   * of a page. Records may not be touched afterwards.
   */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      cuts.close();
      tables.forEach(Table::freeAll);
      tables.clear();
      preparing.clear();
      pool.close();
    }
  }
}
