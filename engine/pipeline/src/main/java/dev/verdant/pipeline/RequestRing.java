package dev.verdant.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring that gives each request its place: a Disruptor of preallocated slots, any number of
 * producers. A full ring is back-pressure, told to the producer at once; nobody parks here.
 */
public final class RequestRing {
  /** Result of {@link #tryClaim} when the ring has no room. */
  public static final long FULL = -1;

  private final RingBuffer<RequestSlot> ring;
  private final Doorbell doorbell;

  /** Creates a ring whose first stage's thread sleeps behind this doorbell. */
  RequestRing(int slots, Doorbell doorbell) {
    this.doorbell = doorbell;
    final ByteBuffer memory =
        BufferUtil.allocateDirectAligned(slots * RequestSlot.LENGTH, BitUtil.CACHE_LINE_LENGTH);
    final int[] next = {0};
    ring =
        RingBuffer.createMultiProducer(
            () ->
                new RequestSlot(
                    new UnsafeBuffer(memory, next[0]++ * RequestSlot.LENGTH, RequestSlot.LENGTH)),
            slots,
            new PollingWaitStrategy());
  }

  /**
   * Claims slots. Each must be published, filled or not: an unpublished one stops the ring.
   *
   * @param count of slots, at least 1.
   * @return the last of the claimed places, the first is {@code count - 1} before it; or {@link
   *     #FULL}, and nothing is claimed.
   */
  public long tryClaim(int count) {
    if (!ring.hasAvailableCapacity(count)) {
      return FULL;
    }
    try {
      return ring.tryNext(count);
    } catch (InsufficientCapacityException e) {
      return FULL;
    }
  }

  /** Slots free at this moment; other producers may take them. */
  int remainingCapacity() {
    return (int) ring.remainingCapacity();
  }

  /** The slot of a claimed place. */
  public RequestSlot slot(long place) {
    return ring.get(place);
  }

  /** Hands the claimed places {@code first..last} to the stages, and wakes the first. */
  void publish(long first, long last) {
    ring.publish(first, last);
    doorbell.ring();
  }

  /** The same, but wakes nobody: {@link Engine#carryOn} must follow. */
  public void publishQuietly(long first, long last) {
    ring.publish(first, last);
  }

  Doorbell doorbell() {
    return doorbell;
  }

  SequenceBarrier barrier(Sequence... upstream) {
    return ring.newBarrier(upstream);
  }

  void gateOn(Sequence last) {
    ring.addGatingSequences(last);
  }
}
