package dev.verdant.journal;

import dev.verdant.journal.recovery.CommandConsumer;
import dev.verdant.pipeline.CommandBatch;
import dev.verdant.pipeline.Journal;
import dev.verdant.protocol.codec.MessageHeaderDecoder;
import dev.verdant.protocol.codec.MessageHeaderEncoder;
import dev.verdant.protocol.codec.OrderDecoder;
import dev.verdant.protocol.codec.OrderEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes orders whose content follows from their sequence, and checks that the same come back. */
public final class Orders implements CommandConsumer {
  private static final long FIRST_TIME_MILLIS = 1_735_689_600_000L;

  private final UnsafeBuffer commands = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 20));
  private final OrderEncoder encoder = new OrderEncoder();
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OrderDecoder decoder = new OrderDecoder();
  private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
  private long count;
  private long sum;

  /** Appends one batch behind what the journal has. */
  public void append(Journal journal, int size) {
    final long first = journal.lastSequence() + 1;
    journal.append(first, size, commands, 0, encode(first, size));
  }

  /** Appends batches of the same size. */
  public void append(Journal journal, int batches, int size) {
    for (int i = 0; i < batches; i++) {
      append(journal, size);
    }
  }

  /** Lays out a batch and returns its length. */
  public int encode(long first, int size) {
    int at = 0;
    for (long sequence = first; sequence < first + size; sequence++) {
      encoder
          .wrapAndApplyHeader(commands, at + CommandBatch.LENGTH_PREFIX, header)
          .correlationId(sequence)
          .time(timeMillis(sequence))
          .idLow(sequence)
          .idHigh(1)
          .buyer(amount(sequence))
          .merchant(sequence)
          .amount(amount(sequence))
          .coupon(0)
          .channel(1);
      final int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
      commands.putInt(at, length, ByteOrder.LITTLE_ENDIAN);
      at += CommandBatch.encodedLength(length);
    }
    return at;
  }

  /** The batch laid out last. */
  public UnsafeBuffer commands() {
    return commands;
  }

  public static long timeMillis(long sequence) {
    return FIRST_TIME_MILLIS + sequence;
  }

  static long amount(long sequence) {
    return sequence * 31 % 1_000_003;
  }

  /** Sum of the amounts of all orders up to this one. */
  public static long sumTo(long sequence) {
    long sum = 0;
    for (long s = 1; s <= sequence; s++) {
      sum += amount(s);
    }
    return sum;
  }

  @Override
  public void onCommand(long sequence, DirectBuffer buffer, int offset, int length) {
    decoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
    // Plain comparisons: AssertJ's objects for each command would be most of a replay's time.
    if (sequence != count + 1
        || decoder.correlationId() != sequence
        || decoder.time() != timeMillis(sequence)) {
      throw new AssertionError("sequence " + sequence + " after " + count + ": " + decoder);
    }
    count++;
    sum += decoder.buyer();
  }

  /** Orders that came back. */
  public long count() {
    return count;
  }

  /** Sum of their amounts. */
  public long sum() {
    return sum;
  }
}
