package dev.verdant.journal.scan;

import org.agrona.DirectBuffer;

/** Takes the journal's commands, in sequence, many at once and each checked. */
@FunctionalInterface
public interface CheckedCommands {
  /** For those who only want to know whether the journal is right. */
  CheckedCommands IGNORED = (firstSequence, count, buffer, offset) -> {};

  /**
   * Takes some commands.
   *
   * @param firstSequence of the first of them; the others follow without a gap.
   * @param count of the commands, 1 or more.
   * @param buffer holds them as {@link dev.verdant.pipeline.CommandBatch} lays them out, valid
   *     during the call only.
   * @param offset of the first.
   */
  void onCommands(long firstSequence, int count, DirectBuffer buffer, int offset);
}
