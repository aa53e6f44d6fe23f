package dev.verdant.journal.scan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commands that no file of a journal holds, between others that one does.
 *
 * @param first sequence that is not there.
 * @param last sequence that is not there.
 * @param after file whose commands end before them.
 * @param before file whose commands begin behind them.
 */
public record SequenceGap(long first, long last, Path after, Path before) {
  /** The gaps between files in the order of their sequences, none at the beginning. */
  public static List<SequenceGap> of(List<SegmentSummary> segments) {
    final List<SequenceGap> gaps = new ArrayList<>();
    Optional<SegmentSummary> previous = Optional.empty();
    for (final SegmentSummary segment : segments) {
      if (segment.batches() > 0) {
        previous.flatMap(before -> between(before, segment)).ifPresent(gaps::add);
        previous = Optional.of(segment);
      }
    }
    return gaps;
  }

  private static Optional<SequenceGap> between(SegmentSummary one, SegmentSummary next) {
    return next.firstSequence() > one.lastSequence() + 1
        ? Optional.of(
            new SequenceGap(
                one.lastSequence() + 1, next.firstSequence() - 1, one.file(), next.file()))
        : Optional.empty();
  }

  /** Commands that are not there. */
  public long commands() {
    return last - first + 1;
  }

  /**
   * Whether a file has been lost: one start of an engine leaves no gap among its own. Between two
   * starts there may be one, where a snapshot held more than the journal did after a loss of power.
   */
  public boolean isLostFile() {
    return after.getParent().equals(before.getParent());
  }
}
