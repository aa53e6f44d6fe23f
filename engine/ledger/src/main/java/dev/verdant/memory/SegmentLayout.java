package dev.verdant.memory;

import org.agrona.UnsafeApi;

/**
 * How a segment of a table is laid out: the records, then for each page of them what a cut must
 * know.
 *
 * <pre>
 *   0              page bytes                   records                      segment bytes
 *   +--------------+--------------+-- ... --+---+-------+-------+-- ... --+-------+
 *   | page 0       | page 1       |         |   | meta 0| meta 1|         |       |
 *   +--------------+--------------+-- ... --+---+-------+-------+-- ... --+-------+
 *
 *   meta  0               8              16
 *         +---------------+---------------+
 *         | epoch         | head          |
 *         +---------------+---------------+
 * </pre>
 *
 * {@code epoch} is that of the newest cut that the page has been saved for: the live content is
 * that of every open cut with a larger one. {@code head} is the address of the newest {@link
 * SavedPage}, 0 if there never was one.
 *
 * <p>A record, since compilers trust the numbers of a record that is a constant never to change:
 * for a slot's address neither shift nor mask nor length need to be looked up then ({@link
 * Records#address(int, SegmentLayout)}).
 *
 * @param recordBytes length of a record, a multiple of 8.
 * @param segmentShift number of records in a segment, as a power of two.
 * @param pageShift number of records in a page, as a power of two.
 * @param segmentBytes length of a segment.
 */
public record SegmentLayout(int recordBytes, int segmentShift, int pageShift, int segmentBytes) {
  private static final int MAX_RECORDS_BYTES = 1 << 20;

  /**
   * Most bytes of a page of several records: what one change may cost a copy of. Two cache lines,
   * which the hardware fetches as a pair: with changes at random over gigabytes a save costs what
   * it misses of the cache, and so a page of 4 KiB six times as much as this one. What belongs to
   * the pages takes an eighth of the memory in return.
   */
  static final int PAGE_BYTES = 128;

  /** Most bytes of a record. One longer than {@link #PAGE_BYTES} is a page by itself. */
  static final int MAX_RECORD_BYTES = 192;

  private static final int EPOCH = 0;
  private static final int HEAD = EPOCH + Long.BYTES;
  private static final int META_BYTES = HEAD + Long.BYTES;

  /** Length of a segment whose records fill it and their pages. */
  static final int FULL_SEGMENT_BYTES =
      MAX_RECORDS_BYTES + MAX_RECORDS_BYTES / PAGE_BYTES * META_BYTES;

  /**
   * The layout for records of so many bytes.
   *
   * @param recordBytes a multiple of 8, at most {@link #MAX_RECORD_BYTES}.
   */
  public static SegmentLayout of(int recordBytes) {
    return of(recordBytes, MAX_RECORDS_BYTES);
  }

  /** Of segments with at most so many bytes of records, a page's at least. */
  static SegmentLayout of(int recordBytes, int maxRecordsBytes) {
    if (recordBytes > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException(
          "records of " + recordBytes + " bytes; at most " + MAX_RECORD_BYTES + " can be saved");
    }
    final int segmentShift = log2(maxRecordsBytes / recordBytes);
    final int pageShift = recordBytes > PAGE_BYTES ? 0 : log2(PAGE_BYTES / recordBytes);
    return new SegmentLayout(
        recordBytes,
        segmentShift,
        pageShift,
        (recordBytes << segmentShift) + (META_BYTES << (segmentShift - pageShift)));
  }

  private static int log2(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }

  /** Length of a page. */
  int pageBytes() {
    return recordBytes << pageShift;
  }

  /** Length of a segment's records, behind which comes what belongs to its pages. */
  int recordsBytes() {
    return recordBytes << segmentShift;
  }

  /** Address of a record in the slot's segment. */
  long record(long segment, int slot) {
    return segment + (long) (slot & (1 << segmentShift) - 1) * recordBytes;
  }

  /** Address of the first record of a slot's page. */
  long page(long segment, int slot) {
    return segment + (long) pageInSegment(slot) * pageBytes();
  }

  /** Address of what belongs to a slot's page. */
  long meta(long segment, int slot) {
    return segment + recordsBytes() + (long) pageInSegment(slot) * META_BYTES;
  }

  private int pageInSegment(int slot) {
    return (slot & (1 << segmentShift) - 1) >>> pageShift;
  }

  /** Stamps all pages of a segment that no cut has seen. */
  void stamp(long segment, long epoch) {
    for (long meta = segment + recordsBytes(); meta < segment + segmentBytes; meta += META_BYTES) {
      UnsafeApi.putLong(meta + EPOCH, epoch);
    }
  }

  static long epochPlain(long meta) {
    return UnsafeApi.getLong(meta + EPOCH);
  }

  static long epochAcquire(long meta) {
    return UnsafeApi.getLongAcquire(null, meta + EPOCH);
  }

  static void epochRelease(long meta, long epoch) {
    UnsafeApi.putLongRelease(null, meta + EPOCH, epoch);
  }

  static long headPlain(long meta) {
    return UnsafeApi.getLong(meta + HEAD);
  }

  static long headAcquire(long meta) {
    return UnsafeApi.getLongAcquire(null, meta + HEAD);
  }

  static void headRelease(long meta, long savedPage) {
    UnsafeApi.putLongRelease(null, meta + HEAD, savedPage);
  }
}
