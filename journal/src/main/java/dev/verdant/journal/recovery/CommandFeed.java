package dev.verdant.journal.recovery;

import dev.verdant.journal.scan.CheckedCommands;
import dev.verdant.pipeline.CommandBatch;
import org.agrona.DirectBuffer;

/** Hands checked commands on one by one, each window of them announced before. */
public final class CommandFeed implements CheckedCommands {
  private final long base;
  private final CommandConsumer consumer;

  /**
   * A feed that leaves out what need not be replayed.
   *
   * @param base sequence of the last command to be left out, 0 for none.
   */
  public CommandFeed(long base, CommandConsumer consumer) {
    this.base = base;
    this.consumer = consumer;
  }

  @Override
  public void onCommands(long firstSequence, int count, DirectBuffer buffer, int offset) {
    final long end = firstSequence + count;
    long sequence = firstSequence;
    int at = offset;
    while (sequence < end && sequence <= base) {
      at += CommandBatch.encodedLength(CommandBatch.messageLength(buffer, at));
      sequence++;
    }
    while (sequence < end) {
      final long windowEnd = Math.min(sequence + CommandConsumer.MOST_ANNOUNCED, end);
      announce(buffer, at, windowEnd - sequence);
      while (sequence < windowEnd) {
        final int messageLength = CommandBatch.messageLength(buffer, at);
        consumer.onCommand(sequence++, buffer, at + CommandBatch.LENGTH_PREFIX, messageLength);
        at += CommandBatch.encodedLength(messageLength);
      }
    }
  }

  private void announce(DirectBuffer buffer, int offset, long count) {
    int at = offset;
    for (long i = 0; i < count; i++) {
      consumer.onAnnounced(buffer, at + CommandBatch.LENGTH_PREFIX);
      at += CommandBatch.encodedLength(CommandBatch.messageLength(buffer, at));
    }
    consumer.onAllAnnounced();
  }
}
