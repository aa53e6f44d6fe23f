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
public final class Table {
  private static final int MAX_SEGMENT_BYTES = 1 << 20;

  private final Memory memory;
  private final int recordBytes;
  private final int segmentShift;
  private final int recordMask;
  private final int segmentBytes;
  private long[] segments = new long[16];
  private int directoryMask = segments.length - 1;

  /**
   * A table without segments.
   *
   * @param memory that owns the segments.
   * @param recordBytes length of a record, a multiple of 8, at most 4096.
   */
  public Table(Memory memory, int recordBytes) {
    this.memory = memory;
    this.recordBytes = recordBytes;
    segmentShift = 31 - Integer.numberOfLeadingZeros(MAX_SEGMENT_BYTES / recordBytes);
    recordMask = (1 << segmentShift) - 1;
    segmentBytes = recordBytes << segmentShift;
    memory.register(this);
  }

  /** Number of records in a segment, a power of two. */
  public int recordsPerSegment() {
    return recordMask + 1;
  }

  /** True if both slots lie in one segment. */
  public boolean sameSegment(int slot, int other) {
    return slot >>> segmentShift == other >>> segmentShift;
  }

  /** Address of a record for reading. The slot's segment must be there. */
  public long address(int slot) {
    return segments[(slot >>> segmentShift) & directoryMask]
        + (long) (slot & recordMask) * recordBytes;
  }

  /** Address of a record that is about to change. */
  public long writable(int slot) {
    return address(slot);
  }

  /**
   * Sees to it that the slot's segment is there; a new one is zeroed.
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
      segments[entry] = memory.allocate(segmentBytes);
    }
  }

  /** Gives the slot's segment back. */
  public void release(int slot) {
    final int entry = (slot >>> segmentShift) & directoryMask;
    if (segments[entry] != 0) {
      memory.free(segments[entry], segmentBytes);
      segments[entry] = 0;
    }
  }

  /** Gives all segments back; the table may not be used afterwards. */
  void close() {
    freeAll();
    memory.unregister(this);
  }

  private void growDirectory(int oldestSegment) {
    final long[] grown = new long[segments.length * 2];
    for (int i = 0; i < segments.length; i++) {
      final int segment = oldestSegment + i;
      grown[segment & (grown.length - 1)] = segments[segment & directoryMask];
    }
    segments = grown;
    directoryMask = grown.length - 1;
  }

  void freeAll() {
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] != 0) {
        memory.free(segments[i], segmentBytes);
        segments[i] = 0;
      }
    }
  }
}
