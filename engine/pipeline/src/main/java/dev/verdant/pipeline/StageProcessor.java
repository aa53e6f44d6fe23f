package dev.verdant.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.EventProcessor;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.util.List;

/**
 * Runs one or several stages on a thread, each handed the whole batch before the next stage gets
 * it: all that has arrived since the last look.
 *
 * <p>An exception of a stage makes the engine fail. The sequence still advances, since whoever
 * waits must be answered; but from then on the stages answer ENGINE_FAILED and nothing else. A
 * stage that throws even then ends the thread: nothing that it says could be trusted.
 */
final class StageProcessor implements EventProcessor {
  private final List<Stage> stages;
  private final SequenceBarrier barrier;
  private final int maxBatch;
  private final Doorbell doorbell;
  private final Runnable onBatchDone;
  private final EngineState state;
  private final EngineFailureListener listener;
  private final Sequence sequence = new Sequence();
  private boolean mustTell;
  private volatile boolean halted;
  private volatile boolean ended;

  StageProcessor(
      List<Stage> stages,
      SequenceBarrier barrier,
      Doorbell doorbell,
      Runnable onBatchDone,
      EngineState state,
      int maxBatch,
      EngineFailureListener listener) {
    this.stages = stages;
    this.barrier = barrier;
    this.maxBatch = maxBatch;
    this.doorbell = doorbell;
    this.onBatchDone = onBatchDone;
    this.state = state;
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      work();
      stop();
    } catch (Throwable cause) {
      fail(cause);
    } finally {
      tell();
      ended = true;
    }
  }

  private void work() {
    long next = sequence.get() + 1;
    while (true) {
      final boolean last = halted;
      final long available = highestPublished(next);
      if (available >= next) {
        doorbell.busy();
        final long end = Math.min(available, next + maxBatch - 1);
        handle(next, end);
        sequence.set(end);
        onBatchDone.run();
        next = end + 1;
        tell();
      } else if (last) {
        return;
      } else {
        rest();
        doorbell.idle();
      }
    }
  }

  private void handle(long first, long last) {
    for (int i = 0; i < stages.size(); i++) {
      final Stage stage = stages.get(i);
      try {
        stage.onBatch(first, last);
      } catch (Throwable cause) {
        fail(cause);
        stage.onBatch(first, last);
      }
    }
  }

  private void rest() {
    for (int i = 0; i < stages.size(); i++) {
      try {
        stages.get(i).onIdle();
      } catch (Throwable cause) {
        fail(cause);
      }
    }
    tell();
  }

  private void stop() {
    for (final Stage stage : stages) {
      try {
        stage.onStop();
      } catch (Throwable cause) {
        fail(cause);
      }
    }
  }

  private void fail(Throwable cause) {
    if (state.fail(cause)) {
      mustTell = true;
    } else if (state.failure() != cause) {
      state.failure().addSuppressed(cause);
    }
  }

  /** Tells the listener, after the batch has been answered, of a failure of this thread. */
  private void tell() {
    if (mustTell) {
      mustTell = false;
      try {
        listener.onFailure(state.failure());
      } catch (RuntimeException e) {
        state.failure().addSuppressed(e);
      }
    }
  }

  private long highestPublished(long next) {
    try {
      return barrier.waitFor(next);
    } catch (AlertException | InterruptedException | TimeoutException e) {
      throw new IllegalStateException("a polling barrier neither waits nor is alerted", e);
    }
  }

  @Override
  public Sequence getSequence() {
    return sequence;
  }

  /** Asks the processor to end once it has handled everything that was published. */
  @Override
  public void halt() {
    halted = true;
    doorbell.ring();
  }

  @Override
  public boolean isRunning() {
    return !ended;
  }
}
