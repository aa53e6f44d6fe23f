package dev.verdant.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory, which can be told to fail, or to lie that it has no space. */
public final class MemoryJournal implements Journal {
  /** One batch appended. */
  public record Batch(long firstSequence, int count, UnsafeBuffer commands) {}

  private final List<Batch> batches = new ArrayList<>();
  private final List<Long> rolledAt = new ArrayList<>();
  private final long failAtSequence;
  private final boolean keeps;
  private volatile boolean full;
  private volatile boolean rollFails;
  private volatile LongConsumer beforeAppend = firstSequence -> {};
  private volatile Runnable beforeForce = () -> {};
  private volatile long lastSequence;
  private final AtomicInteger forced = new AtomicInteger();

  /** A journal that never fails. */
  public MemoryJournal() {
    this(Long.MAX_VALUE, true);
  }

  /** Fails at the batch that holds this sequence; where it does not keep, it only counts. */
  public MemoryJournal(long failAtSequence, boolean keeps) {
    this.failAtSequence = failAtSequence;
    this.keeps = keeps;
  }

  @Override
  public int maxBatchLength() {
    return 512 * 1024;
  }

  @Override
  public void append(long firstSequence, int count, DirectBuffer commands, int offset, int length) {
    beforeAppend.accept(firstSequence);
    if (firstSequence != lastSequence + 1) {
      throw new JournalException("batch at " + firstSequence + " does not follow " + lastSequence);
    }
    if (firstSequence + count > failAtSequence) {
      throw new JournalException("the disk is gone at sequence " + failAtSequence);
    }
    if (keeps) {
      final byte[] bytes = new byte[length];
      commands.getBytes(offset, bytes);
      batches.add(new Batch(firstSequence, count, new UnsafeBuffer(bytes)));
    }
    lastSequence = firstSequence + count - 1;
  }

  @Override
  public long force() {
    final long sequence = lastSequence;
    beforeForce.run();
    forced.incrementAndGet();
    return sequence;
  }

  @Override
  public void roll() {
    if (rollFails) {
      throw new JournalException("the disk is gone");
    }
    force();
    rolledAt.add(lastSequence);
  }

  /** Makes the next roll fail. */
  public void failAtRoll() {
    rollFails = true;
  }

  /** Last sequences before each roll; read it after the engine was closed. */
  public List<Long> rolledAt() {
    return rolledAt;
  }

  @Override
  public long lastSequence() {
    return lastSequence;
  }

  @Override
  public boolean hasSpace() {
    return !full;
  }

  /** Is called with the first sequence of each batch, by whoever appends it. */
  public void beforeAppend(LongConsumer hook) {
    beforeAppend = hook;
  }

  /** Is called at each force; may throw in its place. */
  public void beforeForce(Runnable hook) {
    beforeForce = hook;
  }

  /** Takes the space away, or gives it back. */
  public void setFull(boolean full) {
    this.full = full;
  }

  /** How often it was forced. */
  public int forced() {
    return forced.get();
  }

  /** What was kept; read it after the engine was closed. */
  public List<Batch> batches() {
    return batches;
  }

  @Override
  public void close() {}
}
