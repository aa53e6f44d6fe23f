package dev.verdant.memory;

/**
 * Fixed-size records addressed by an unsigned 32-bit slot. Segments of 2^k records are kept in a
 * circular directory: slots may run round for ever as long as those in use lie within the
 * directory's reach, which doubles when it must.
 *
 * <pre>
 *   slot  |   segment number   |  record in segment |
 *              & directory mask      * record length  = address
 * </pre>
 *
 * Slot 0 belongs to the caller's choice; the ledger leaves it unused as "none".
 */
public final class Table extends Records {
  /** Bytes of the next segment that are zeroed at a time: about a microsecond's worth. */
  private static final int PIECE_BYTES = 16 << 10;

  private final Memory memory;
  private final CutSpace cuts;
  private final SegmentLayout layout;
  private final int segmentShift;

  /** Epoch of the newest open cut, 0 while there is none. */
  private long newestCut;

  /** This table in the only open cut, null if there are more cuts or none has the table. */
  private TableImage onlyImage;

  private long[] segments = new long[16];

  /** The directory as the last cut got it, null once it is another. */
  private long[] imaged;

  private int directoryMask = segments.length - 1;

  /** Where the part of a new segment begins that is zeroed; it goes on to the segment's end. */
  private final int zeroedFrom;

  /** The segment that will be needed next, 0 while there is none, and how far it is zeroed. */
  private long next;

  private int nextZeroed;
  private boolean preparing;

  /**
   * A table without segments, whose new records are zero.
   *
   * @param memory that owns the segments.
   * @param layout that they will have.
   */
  public Table(Memory memory, SegmentLayout layout) {
    this(memory, layout, 0);
  }

  /**
   * A table without segments, whose new records have whatever content: for whoever writes all of a
   * record before anyone reads it, and so need not pay for zeroing what no one sees.
   *
   * @param memory that owns the segments.
   * @param layout that they will have.
   */
  public static Table ofUnclearedRecords(Memory memory, SegmentLayout layout) {
    return new Table(memory, layout, layout.recordsBytes());
  }

  private Table(Memory memory, SegmentLayout layout, int zeroedFrom) {
    this.memory = memory;
    this.layout = layout;
    this.zeroedFrom = zeroedFrom;
    cuts = memory.cuts();
    segmentShift = layout.segmentShift();
    memory.register(this);
  }

  /** Number of records in a segment, a power of two. */
  public int recordsPerSegment() {
    return 1 << segmentShift;
  }

  /** True if both slots lie in one segment. */
  public boolean sameSegment(int slot, int other) {
    return slot >>> segmentShift == other >>> segmentShift;
  }

  @Override
  public long address(int slot) {
    return address(slot, layout);
  }

  @Override
  public long address(int slot, SegmentLayout constant) {
    assert constant.equals(layout) : constant + " instead of " + layout;
    final long[] directory = segments;
    return constant.record(
        directory[(slot >>> constant.segmentShift()) & (directory.length - 1)], slot);
  }

  /**
   * Address of a record that is about to change: the one gate that every change passes, but for the
   * first of a new record ({@link #writableNew}), and where its page is saved for cuts that have
   * not seen it change yet. The address is good for writing until the end of the command.
   */
  public long writable(int slot) {
    return writable(slot, layout);
  }

  /** The same, for whoever has the table's layout as a constant. */
  public long writable(int slot, SegmentLayout constant) {
    beforeChange(slot);
    return address(slot, constant);
  }

  /** The gate alone, for a record whose {@link #address} is known already. */
  public void beforeChange(int slot) {
    if (newestCut != 0) {
      save(segments[(slot >>> segmentShift) & directoryMask], slot);
    }
  }

  /**
   * Address for writing of a record that was not there when the newest cut was opened. Where
   * records have pages of their own, no cut knows the record's page: nothing needs to be saved.
   *
   * @param constant the table's layout.
   */
  public long writableNew(int slot, SegmentLayout constant) {
    if (constant.pageShift() != 0) {
      beforeChange(slot);
    }
    return address(slot, constant);
  }

  /**
   * Address of what {@link #beforeChange} reads first, for whoever brings it near; 0 while no cut
   * is open. The slot's segment must be there.
   */
  public long gate(int slot) {
    return newestCut == 0
        ? 0
        : layout.meta(segments[(slot >>> segmentShift) & directoryMask], slot);
  }

  private void save(long segment, int slot) {
    final long meta = layout.meta(segment, slot);
    if (SegmentLayout.epochPlain(meta) < newestCut) {
      if (onlyImage != null && onlyImage.hasPassedAcquire(slot)) {
        SegmentLayout.epochRelease(meta, newestCut);
      } else {
        cuts.save(meta, layout.page(segment, slot), layout.pageBytes());
      }
    }
  }

  void newestCut(long epoch, TableImage onlyImage) {
    newestCut = epoch;
    this.onlyImage = onlyImage;
  }

  /** The directory as it is now: copied once for all cuts until it changes. */
  TableImage image() {
    if (imaged == null) {
      imaged = segments.clone();
    }
    return new TableImage(layout, imaged);
  }

  /**
   * Sees to it that the slot's segment is there; a new one's records are as the table was made for.
   *
   * @param slot to be used.
   * @param oldestSlot in use: slots from here to {@code slot} stay addressable.
   */
  public void ensure(int slot, int oldestSlot) {
    final int segment = slot >>> segmentShift;
    final int oldest = oldestSlot >>> segmentShift;
    while (((segment - oldest) & (0xFFFF_FFFF >>> segmentShift)) > directoryMask) {
      growDirectory(oldest);
    }
    final int entry = segment & directoryMask;
    if (segments[entry] == 0) {
      enter(entry, takeNext());
      layout.stamp(segments[entry], newestCut);
      if (!preparing) {
        preparing = true;
        memory.prepareLater(this);
      }
    }
  }

  private void enter(int entry, long segment) {
    segments[entry] = segment;
    imaged = null;
  }

  private long takeNext() {
    if (next == 0) {
      beginNext();
    }
    final long segment = next;
    Memory.clear(segment + nextZeroed, layout.segmentBytes() - nextZeroed);
    next = 0;
    return segment;
  }

  /** Zeroes a piece of the next segment; true if that was the last. */
  boolean prepareNext() {
    if (next == 0) {
      beginNext();
    }
    final int bytes = Math.min(PIECE_BYTES, layout.segmentBytes() - nextZeroed);
    Memory.clear(next + nextZeroed, bytes);
    nextZeroed += bytes;
    preparing = nextZeroed != layout.segmentBytes();
    return !preparing;
  }

  private void beginNext() {
    next = memory.allocate(layout.segmentBytes());
    nextZeroed = zeroedFrom;
  }

  private void freeNext() {
    if (next != 0) {
      memory.free(next, layout.segmentBytes());
      next = 0;
    }
  }

  /**
   * Fills a run of slots with what {@link CutReader#drain} has handed on.
   *
   * @param firstSlot of the run, the oldest slot of the table.
   * @param slots that it has, 0 or more.
   */
  public void fill(int firstSlot, long slots, BlockSource source) {
    long done = 0;
    while (done < slots) {
      final int slot = (int) (firstSlot + done);
      final int left = recordsPerSegment() - (slot & (recordsPerSegment() - 1));
      final int inSegment = (int) Math.min(slots - done, left);
      ensure(slot, firstSlot);
      source.read(writable(slot), inSegment * layout.recordBytes());
      done += inSegment;
    }
  }

  /** Gives the slot's segment back, as soon as no cut needs it. */
  public void release(int slot) {
    releaseEntry((slot >>> segmentShift) & directoryMask);
  }

  private void releaseEntry(int entry) {
    if (segments[entry] != 0) {
      cuts.bury(segments[entry], layout.segmentBytes());
      enter(entry, 0);
    }
  }

  /** Gives all segments back; the table may not be used afterwards. */
  void close() {
    for (int entry = 0; entry < segments.length; entry++) {
      releaseEntry(entry);
    }
    freeNext();
    memory.unregister(this);
  }

  private void growDirectory(int oldestSegment) {
    final long[] grown = new long[segments.length * 2];
    for (int i = 0; i < segments.length; i++) {
      final int segment = oldestSegment + i;
      grown[segment & (grown.length - 1)] = segments[segment & directoryMask];
    }
    segments = grown;
    imaged = null;
    directoryMask = grown.length - 1;
  }

  /** Frees all segments at once, when no cut is left. */
  void freeAll() {
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] != 0) {
        memory.free(segments[i], layout.segmentBytes());
        enter(i, 0);
      }
    }
    freeNext();
  }
}
