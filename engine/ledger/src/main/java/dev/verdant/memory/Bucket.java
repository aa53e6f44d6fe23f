package dev.verdant.memory;

import org.agrona.UnsafeApi;

/**
 * A bucket of a {@link HashIndex}: one cache line.
 *
 * <pre>
 *   0                4           8         16             64
 *   +----------------+-----------+---------+---- ... -----+
 *   | newest passing | 0         | entry 1 | entries 2..7 |
 *   +----------------+-----------+---------+---- ... -----+
 *   entry: slot, tag (the upper half of the key's hash)
 * </pre>
 *
 * {@code newest passing} is the newest slot whose entry found its home or a bucket after that full
 * and passed this one too; 0 for none. All entries are looked at without a branch, since where one
 * stands cannot be foreseen.
 */
final class Bucket {
  static final int BYTES = 64;
  static final int ENTRIES = 7;

  private static final int NEWEST_PASSING = 0;
  private static final int ENTRY_BYTES = Long.BYTES;
  private static final int FIRST_ENTRY = ENTRY_BYTES;
  private static final int SLOT = 0;
  private static final int TAG = SLOT + Integer.BYTES;
  private static final long LOW_32 = 0xFFFF_FFFFL;

  private Bucket() {}

  static int newestPassing(long bucket) {
    return UnsafeApi.getInt(bucket + NEWEST_PASSING);
  }

  static void newestPassing(long bucket, int slot) {
    UnsafeApi.putInt(bucket + NEWEST_PASSING, slot);
  }

  static int slot(long bucket, int entry) {
    return UnsafeApi.getInt(entryAt(bucket, entry) + SLOT);
  }

  /** A hash with the upper half of an entry's, which tells its home. */
  static long hash(long bucket, int entry) {
    return (long) tag(bucket, entry) << Integer.SIZE;
  }

  private static int tag(long bucket, int entry) {
    return UnsafeApi.getInt(entryAt(bucket, entry) + TAG);
  }

  /** A bit for each entry that has the upper half of the hash. */
  static int matches(long bucket, long hash) {
    final int tag = (int) (hash >>> Integer.SIZE);
    int matches = 0;
    for (int entry = 0; entry < ENTRIES; entry++) {
      matches |= BranchFree.isEqual(tag(bucket, entry), tag) << entry;
    }
    return matches;
  }

  /**
   * A bit for each entry whose slot is none of a run of slots.
   *
   * @param first of the run.
   * @param end the slot after the last.
   */
  static int vacancies(long bucket, int first, int end) {
    final long last = ((end - first) & LOW_32) - 1;
    int vacancies = 0;
    for (int entry = 0; entry < ENTRIES; entry++) {
      final int slot = slot(bucket, entry);
      final long isNone = (slot & LOW_32) - 1;
      final long isGone = last - ((slot - first) & LOW_32);
      vacancies |= BranchFree.isNegative(isNone | isGone) << entry;
    }
    return vacancies;
  }

  /** Puts an entry where the first vacancy is: eight bytes, aligned, so at once. */
  static void put(long bucket, int vacancies, long hash, int slot) {
    UnsafeApi.putLong(
        entryAt(bucket, Integer.numberOfTrailingZeros(vacancies)),
        (hash & ~LOW_32) | (slot & LOW_32));
  }

  /** Makes the entries none that have a bit. */
  static void clear(long bucket, int entries) {
    for (int left = entries; left != 0; left &= left - 1) {
      UnsafeApi.putLong(entryAt(bucket, Integer.numberOfTrailingZeros(left)), 0);
    }
  }

  private static long entryAt(long bucket, int entry) {
    return bucket + FIRST_ENTRY + (long) entry * ENTRY_BYTES;
  }
}
