package dev.verdant.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/** Never waits: a barrier says what is there, its processor decides how to idle. */
final class PollingWaitStrategy implements WaitStrategy {
  private final Doorbell doorbell;

  /** Creates the strategy of a ring whose first processor sleeps behind this doorbell. */
  PollingWaitStrategy(Doorbell doorbell) {
    this.doorbell = doorbell;
  }

  @Override
  public long waitFor(
      long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier) {
    return dependentSequence.get();
  }

  @Override
  public void signalAllWhenBlocking() {
    doorbell.ring();
  }
}
