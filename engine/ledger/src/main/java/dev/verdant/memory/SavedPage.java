package dev.verdant.memory;

import org.agrona.UnsafeApi;

/**
 * A page as it was for some cuts: a block of the {@link PageArena}.
 *
 * <pre>
 *   0         8         16        24        32        40            BLOCK_BYTES
 *   +---------+---------+---------+---------+---------+-------------+
 *   | older   | from    | to      | meta    | next    | content     |
 *   +---------+---------+---------+---------+---------+-------------+
 * </pre>
 *
 * It is the content of the cuts with an epoch in {@code from .. to}. {@code older} leads to the
 * page's version before; ranges of one page do not overlap and fall along this chain. {@code meta}
 * is the page's in its {@link SegmentLayout}. {@code next} links the list that the block is in and
 * is the writer's alone; readers see the rest.
 */
final class SavedPage {
  private static final int OLDER = 0;
  private static final int FROM = OLDER + Long.BYTES;
  private static final int TO = FROM + Long.BYTES;
  private static final int META = TO + Long.BYTES;
  private static final int NEXT = META + Long.BYTES;
  static final int CONTENT = NEXT + Long.BYTES;
  static final int BLOCK_BYTES = CONTENT + SegmentLayout.MAX_RECORD_BYTES;

  private SavedPage() {}

  /** Fills all that readers see; plain, since nobody can see the block yet. */
  static void fillPlain(long block, long older, long from, long to, long meta) {
    UnsafeApi.putLong(block + OLDER, older);
    UnsafeApi.putLong(block + FROM, from);
    UnsafeApi.putLong(block + TO, to);
    UnsafeApi.putLong(block + META, meta);
  }

  static long olderAcquire(long block) {
    return UnsafeApi.getLongAcquire(null, block + OLDER);
  }

  static long olderPlain(long block) {
    return UnsafeApi.getLong(block + OLDER);
  }

  static void olderRelease(long block, long older) {
    UnsafeApi.putLongRelease(null, block + OLDER, older);
  }

  static long from(long block) {
    return UnsafeApi.getLong(block + FROM);
  }

  static long to(long block) {
    return UnsafeApi.getLong(block + TO);
  }

  static long meta(long block) {
    return UnsafeApi.getLong(block + META);
  }

  static long next(long block) {
    return UnsafeApi.getLong(block + NEXT);
  }

  static void next(long block, long next) {
    UnsafeApi.putLong(block + NEXT, next);
  }
}
