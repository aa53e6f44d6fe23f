package dev.verdant.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A table's directory as of a cut. Segments that come later are not in it; those in it stay where
 * they are until no open cut is older than their release.
 */
final class TableImage {
  final SegmentLayout layout;
  private final long[] segments;

  /** Slots from here on have been passed by the only reader of the cut: it reads them no more. */
  private int passedFrom;

  /** How many; written by the reader, read by the writer. */
  private final AtomicLong passed = new AtomicLong();

  /** Takes the directory, which nobody may change any more. */
  TableImage(SegmentLayout layout, long[] segments) {
    this.layout = layout;
    this.segments = segments;
  }

  /** Address of a slot's segment. */
  long segment(int slot) {
    final long segment = segments[(slot >>> layout.segmentShift()) & (segments.length - 1)];
    if (segment == 0) {
      throw new IllegalArgumentException(
          "slot " + Integer.toUnsignedString(slot) + " is not in the cut");
    }
    return segment;
  }

  /** The reader's, once: where it will start to pass slots. */
  void startPassing(int fromSlot) {
    passedFrom = fromSlot;
  }

  /** The reader's: whole pages up to here are read no more. Release: after all reads of them. */
  void passRelease(long slots) {
    passed.setRelease(slots);
  }

  /** Whether the slot's page is read no more. Acquire: what follows may change the page. */
  boolean hasPassedAcquire(int slot) {
    final long slots = passed.getAcquire();
    return slots != 0 && (slot - passedFrom & 0xFFFF_FFFFL) < slots;
  }
}
