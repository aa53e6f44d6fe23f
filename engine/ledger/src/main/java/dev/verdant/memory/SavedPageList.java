package dev.verdant.memory;

/** A list of blocks, linked through the blocks themselves. The writer's alone. */
final class SavedPageList {
  private long first;
  private long last;
  private long size;

  boolean isEmpty() {
    return first == 0;
  }

  long size() {
    return size;
  }

  void add(long block) {
    SavedPage.next(block, 0);
    if (first == 0) {
      first = block;
    } else {
      SavedPage.next(last, block);
    }
    last = block;
    size++;
  }

  /** Takes the first block out, 0 if there is none. */
  long poll() {
    final long block = first;
    if (block != 0) {
      first = SavedPage.next(block);
      size--;
    }
    return block;
  }

  /** Takes all blocks of another list, however many, in one step. */
  void addAll(SavedPageList other) {
    if (other.first == 0) {
      return;
    }
    if (first == 0) {
      first = other.first;
    } else {
      SavedPage.next(last, other.first);
    }
    last = other.last;
    size += other.size;
    other.first = 0;
    other.size = 0;
  }
}
