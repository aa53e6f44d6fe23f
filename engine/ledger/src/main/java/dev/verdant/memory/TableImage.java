package dev.verdant.memory;

/**
 * A table's directory as of a cut. Segments that come later are not in it; those in it stay where
 * they are until no open cut is older than their release.
 */
final class TableImage {
  final SegmentLayout layout;
  private final long[] segments;

  /** Takes the directory, which nobody else may change. */
  TableImage(SegmentLayout layout, long[] segments) {
    this.layout = layout;
    this.segments = segments;
  }

  /** Address of a slot's segment. */
  long segment(int slot) {
    final long segment = segments[(slot >>> layout.segmentShift) & (segments.length - 1)];
    if (segment == 0) {
      throw new IllegalArgumentException(
          "slot " + Integer.toUnsignedString(slot) + " is not in the cut");
    }
    return segment;
  }
}
