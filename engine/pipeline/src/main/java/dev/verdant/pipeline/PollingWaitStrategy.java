package dev.verdant.pipeline;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/**
 * Never waits nor wakes: a barrier says what is there, its processor decides how to idle, whoever
 * publishes decides whom to wake.
 */
final class PollingWaitStrategy implements WaitStrategy {
  @Override
  public long waitFor(
      long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier) {
    return dependentSequence.get();
  }

  @Override
  public void signalAllWhenBlocking() {}
}
