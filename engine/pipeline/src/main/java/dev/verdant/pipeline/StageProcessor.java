package dev.verdant.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs one or several stages, each handed the whole batch before the next stage gets it: all that
 * has arrived since the last look. A thread of its own does so, or whoever has brought the work
 * carries it on himself ({@link #carryOn}): the turn says who. It is taken by a compare-and-set and
 * given back by a release, so whatever the stages keep goes from one thread to the next.
 *
 * <p>An exception of a stage makes the engine fail. The sequence still advances, since whoever
 * waits must be answered; but from then on the stages answer ENGINE_FAILED and nothing else. A
 * stage that throws even then ends the processor: nothing that it says could be trusted. Errands
 * and the failure listener are for the processor's own thread only, since both may take long.
 */
final class StageProcessor {
  /**
   * Up to so many requests may be carried on by the thread that has published them: about a
   * millisecond's work, so that what a stall of the machine has left behind is done without a third
   * thread for two cores. More are the own thread's.
   */
  static final int FEW_REQUESTS = 1024;

  private final List<Stage> stages;
  private final SequenceBarrier barrier;
  private final int maxBatch;
  private final Doorbell doorbell;
  private final Runnable onBatchDone;
  private final EngineState state;
  private final EngineFailureListener listener;
  private final Sequence sequence = new Sequence();
  private final AtomicBoolean turn = new AtomicBoolean();

  /** Of whoever has the turn: a stage has failed, and was the first. */
  private boolean failedFirst;

  /** Of the processor's own thread: the listener knows. */
  private boolean told;

  private volatile boolean mustTell;
  private volatile Throwable lost;
  private volatile boolean halted;

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

  /** Runs the stages until {@link #halt}, on their own thread. */
  void run() {
    try {
      work();
      stop();
    } catch (Throwable cause) {
      fail(cause);
    } finally {
      noteFailure();
      tell();
    }
  }

  /** Returns with the turn, which is not given back: nobody carries anything on after the end. */
  @SuppressWarnings("ThreadPriorityCheck") // whoever has the turn may need the core
  private void work() throws Throwable {
    while (lost == null) {
      final boolean last = halted;
      if (!turn.compareAndSet(false, true)) {
        // Not to sleep now: what has come since the other looked may be nobody else's.
        Thread.yield();
        continue;
      }
      runErrands();
      final long first = sequence.get() + 1;
      final long available = highestPublished(first);
      if (available >= first) {
        handle(first, available);
        turn.setRelease(false);
        onBatchDone.run();
        tell();
      } else {
        rest();
        if (last) {
          return;
        }
        turn.setRelease(false);
        tell();
        doorbell.idle();
      }
    }
    throw lost;
  }

  /**
   * Carries on what has been published so far, on the caller's thread, if that is not too much and
   * nobody is at it; otherwise wakes the processor's own thread.
   *
   * @param most requests to be carried on.
   * @return whether nothing that was published is left; then it is the caller's to have the next
   *     processor go on.
   */
  boolean carryOn(long most) {
    // Claimed, perhaps not published yet: a look that costs the same whatever is there.
    final long pending = barrier.getCursor() - sequence.get();
    if (pending <= 0) {
      return true;
    }
    if (pending > most || !turn.compareAndSet(false, true)) {
      doorbell.ring();
      return false;
    }
    try {
      long next = sequence.get() + 1;
      final long last = highestPublished(next);
      while (next <= last) {
        next += handle(next, last);
      }
      rest();
      turn.setRelease(false);
    } catch (Throwable cause) {
      // Keeps the turn: the processor ends with its own thread.
      lost = cause;
    }
    if (mustTell || lost != null) {
      doorbell.ring();
    }
    return true;
  }

  /** Wakes the processor's own thread if it sleeps though there is something to do. */
  void wake() {
    if (barrier.getCursor() > sequence.get()) {
      doorbell.ring();
    }
  }

  /** Hands on a batch of what is there; returns how many places of the ring. */
  private long handle(long first, long available) {
    final long last = Math.min(available, first + maxBatch - 1);
    for (int i = 0; i < stages.size(); i++) {
      final Stage stage = stages.get(i);
      try {
        stage.onBatch(first, last);
      } catch (Throwable cause) {
        fail(cause);
        stage.onBatch(first, last);
      }
    }
    sequence.set(last);
    noteFailure();
    return last - first + 1;
  }

  private void runErrands() {
    for (int i = 0; i < stages.size(); i++) {
      try {
        stages.get(i).runErrands();
      } catch (Throwable cause) {
        fail(cause);
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
    noteFailure();
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
    failedFirst |= state.fail(cause);
  }

  private void noteFailure() {
    if (failedFirst) {
      mustTell = true;
    }
  }

  /** Tells the listener, once and after the batch has gone on, of a failure of a stage. */
  private void tell() {
    if (mustTell && !told) {
      told = true;
      try {
        listener.onFailure(state.failure());
      } catch (Throwable cause) {
        fail(cause);
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

  /** How far the stages have come: what stands behind them may not go further. */
  Sequence sequence() {
    return sequence;
  }

  /** Asks the processor to end once it has handled everything that was published. */
  void halt() {
    halted = true;
    doorbell.ring();
  }
}
