package dev.verdant.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.UnsafeApi;

/**
 * What no open cut needs any more, but a reader may still be copying from: blocks and segments wait
 * here until every reader that was inside a copy when they came has left it. A reader that sleeps
 * outside a copy holds nothing up. The writer's alone.
 *
 * <p>Two rooms: what comes while the first is waiting gathers in the second, so that each wait is
 * for the readers of one moment.
 */
final class Limbo {
  /** A segment that has left its table. */
  record Segment(long address, int bytes, long epoch) {}

  private final CutSpace space;
  private final ReaderRegistry readers;
  private final SavedPageList arriving = new SavedPageList();
  private final SavedPageList waiting = new SavedPageList();
  private List<Segment> arrivingSegments = new ArrayList<>();
  private List<Segment> waitingSegments = new ArrayList<>();

  /** Segments that nobody reads any more; returning one to the system takes a while. */
  private final ArrayDeque<Segment> free = new ArrayDeque<>();

  private CutReader[] inside = new CutReader[16];
  private long[] insideAt = new long[16];
  private int insideCount;

  /** Kept, since every command asks. */
  private boolean empty = true;

  Limbo(CutSpace space, ReaderRegistry readers) {
    this.space = space;
    this.readers = readers;
  }

  boolean isEmpty() {
    return empty;
  }

  void add(long block) {
    empty = false;
    arriving.add(block);
  }

  void addAll(SavedPageList blocks) {
    empty &= blocks.isEmpty();
    arriving.addAll(blocks);
  }

  void add(Segment segment) {
    empty = false;
    arrivingSegments.add(segment);
  }

  /** Gives back the blocks that may be by now, and one segment. */
  void poll() {
    if (haveLeft()) {
      freeWaiting();
      if (!arriving.isEmpty() || !arrivingSegments.isEmpty()) {
        waiting.addAll(arriving);
        final List<Segment> none = waitingSegments;
        waitingSegments = arrivingSegments;
        arrivingSegments = none;
        noteInside();
        if (haveLeft()) {
          freeWaiting();
        }
      }
    }
    if (!free.isEmpty()) {
      space.freeSegment(free.remove());
    }
    empty =
        arriving.isEmpty()
            && waiting.isEmpty()
            && arrivingSegments.isEmpty()
            && waitingSegments.isEmpty()
            && free.isEmpty();
  }

  /** After all that unlinked what waits, before the readers' state is read. */
  private void noteInside() {
    UnsafeApi.fullFence();
    final CutReader[] all = readers.all();
    if (inside.length < all.length) {
      inside = new CutReader[all.length];
      insideAt = new long[all.length];
    }
    for (final CutReader reader : all) {
      final long copies = reader.copiesVolatile();
      if (CutReader.isInside(copies)) {
        inside[insideCount] = reader;
        insideAt[insideCount] = copies;
        insideCount++;
      }
    }
  }

  private boolean haveLeft() {
    while (insideCount > 0
        && inside[insideCount - 1].copiesVolatile() != insideAt[insideCount - 1]) {
      insideCount--;
      inside[insideCount] = null;
    }
    return insideCount == 0;
  }

  private void freeWaiting() {
    space.freeBlocks(waiting);
    waitingSegments.forEach(space::noteUnread);
    free.addAll(waitingSegments);
    waitingSegments.clear();
  }
}
