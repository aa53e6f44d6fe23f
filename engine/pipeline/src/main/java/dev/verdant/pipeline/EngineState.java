package dev.verdant.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/** Whether the engine takes requests, and what made it fail. Safe from any thread. */
final class EngineState {
  private enum Phase {
    RUNNING,
    DRAINING,
    CLOSED
  }

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

  /** Records what failed first. */
  boolean fail(Throwable cause) {
    return failure.compareAndSet(null, cause);
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  Throwable failure() {
    return failure.get();
  }
}
