package dev.verdant.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/** Whether the engine takes requests, and what made it fail. Safe from any thread. */
final class EngineState {
  private enum Phase {
    RUNNING,
    DRAINING,
    CLOSED
  }

  /** Of those that follow the first failure. */
  private static final int KEPT_CAUSES = 8;

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RUNNING);

  boolean isRunning() {
    return phase.getAcquire() == Phase.RUNNING;
  }

  boolean isClosed() {
    return phase.get() == Phase.CLOSED;
  }

  void drain() {
    phase.compareAndSet(Phase.RUNNING, Phase.DRAINING);
  }

  void close() {
    phase.set(Phase.CLOSED);
  }

  /**
   * Records what failed first. The first few that follow are kept with it, as suppressed: a stage
   * may fail at each turn of a failed engine.
   *
   * @return whether it was the first.
   */
  boolean fail(Throwable cause) {
    if (failure.compareAndSet(null, cause)) {
      return true;
    }
    final Throwable first = failure.get();
    if (first != cause && first.getSuppressed().length < KEPT_CAUSES) {
      first.addSuppressed(cause);
    }
    return false;
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  Throwable failure() {
    return failure.get();
  }
}
