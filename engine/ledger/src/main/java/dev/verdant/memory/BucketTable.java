package dev.verdant.memory;

/**
 * One of the tables of a {@link HashIndex}: 2^bits {@linkplain Bucket buckets}, each the home of
 * the hashes whose top {@code bits} tell its number, and a margin behind the last, so that no probe
 * wraps round. It comes to be from the front as the index grows into it, and goes from there as the
 * index grows out of it.
 */
final class BucketTable {
  static final int MARGIN = 1024;

  private static final SegmentLayout LAYOUT = SegmentLayout.of(Bucket.BYTES);

  final int bits;

  /** Where buckets change; null over a cut. */
  final Table table;

  private final Records records;

  /** The last bucket that may be used, and the first beyond the segments that are there. */
  private int last;

  private int ensured;
  private int freed;

  /** An empty table, of which nothing is there yet. */
  BucketTable(Memory memory, int bits) {
    this.bits = bits;
    table = new Table(memory, LAYOUT);
    records = table;
  }

  /** A table as of a cut. */
  BucketTable(int bits, Records records) {
    this.bits = bits;
    this.records = records;
    table = null;
  }

  /** Number of the home of a hash. */
  int home(long hash) {
    return (int) (hash >>> (Long.SIZE - bits));
  }

  int homes() {
    return 1 << bits;
  }

  /** Number of the last bucket, the margin included. */
  int lastBucket() {
    return homes() + MARGIN - 1;
  }

  /** Address of a bucket. */
  long at(int number) {
    return records.address(number, LAYOUT);
  }

  /** {@link Table#beforeChange} of a bucket. */
  void beforeChange(int number) {
    table.beforeChange(number);
  }

  /** Address of a bucket that is about to change: {@link Table#writable}. */
  long writable(int number) {
    return table.writable(number);
  }

  /** Whether an entry may not go to a later bucket. */
  boolean isLast(int number) {
    return number == last;
  }

  /** Sees to it that all buckets up to one are there, which is the last one that may be used. */
  void ensureThrough(int number) {
    last = number;
    while (ensured <= number) {
      table.ensure(ensured, 0);
      ensured += table.recordsPerSegment();
    }
  }

  /**
   * Becomes what an {@link HashIndex.Image#drain} has handed on.
   *
   * @param first bucket that was there, and all after it.
   * @param count of them.
   */
  void fill(int first, int count, BlockSource source) {
    table.fill(first, count, source);
    last = first + count - 1;
    ensured =
        (first + count + table.recordsPerSegment() - 1)
            / table.recordsPerSegment()
            * table.recordsPerSegment();
    freed = first / table.recordsPerSegment() * table.recordsPerSegment();
  }

  /** Gives the segments back that lie before a bucket. */
  void freeBefore(int number) {
    while (freed + table.recordsPerSegment() <= number) {
      table.release(freed);
      freed += table.recordsPerSegment();
    }
  }

  void freeAll() {
    table.close();
  }
}
