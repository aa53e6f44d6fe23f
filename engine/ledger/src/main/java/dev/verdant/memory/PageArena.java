package dev.verdant.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blocks for saved pages, carved from chunks as long as most tables' segments. A block goes from
 * list to list and is used again; a chunk, once there, stays until the arena is closed, so that
 * nobody who follows an outdated address leaves the process's memory. The writer's alone.
 */
final class PageArena {
  private static final int MAX_CHUNK_BYTES = SegmentLayout.FULL_SEGMENT_BYTES;

  private final Memory memory;
  private final int chunkBytes;
  private final int chunkBlocks;
  private final List<Long> chunks = new ArrayList<>();
  private final SavedPageList free = new SavedPageList();
  private int carved;
  private long used;

  /** Bytes of all chunks. */
  private final AtomicLong bytes = new AtomicLong();

  /**
   * An arena without chunks.
   *
   * @param memory that the chunks are of.
   * @param limitBytes that the blocks in use will keep to.
   */
  PageArena(Memory memory, long limitBytes) {
    this.memory = memory;
    chunkBytes = (int) Math.max(SavedPage.BLOCK_BYTES, Math.min(MAX_CHUNK_BYTES, limitBytes));
    chunkBlocks = chunkBytes / SavedPage.BLOCK_BYTES;
    carved = chunkBlocks;
  }

  /** Bytes of all blocks taken and not given back. */
  long usedBytes() {
    return used * SavedPage.BLOCK_BYTES;
  }

  /** Bytes of all blocks, in use or not; any thread. */
  long bytes() {
    return bytes.get();
  }

  /** A block of whatever content. */
  long take() {
    used++;
    final long block = free.poll();
    if (block != 0) {
      return block;
    }
    if (carved == chunkBlocks) {
      chunks.add(memory.allocate(chunkBytes));
      bytes.lazySet((long) chunks.size() * chunkBytes);
      carved = 0;
    }
    return chunks.get(chunks.size() - 1) + (long) carved++ * SavedPage.BLOCK_BYTES;
  }

  /** Takes blocks back, however many, in one step. */
  void giveBack(SavedPageList blocks) {
    used -= blocks.size();
    free.addAll(blocks);
  }

  void close() {
    chunks.forEach(chunk -> memory.free(chunk, chunkBytes));
    chunks.clear();
  }
}
