package dev.verdant.pipeline;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one thread sleep until there is work, at the cost of a fence and a read for whoever brings
 * it.
 *
 * <p>The sleeper says that it will sleep, looks once more, then parks; the bringer publishes, then
 * looks whether someone sleeps. With a full fence between the two steps of each, at least one of
 * them sees the other: no wake-up is lost.
 */
@SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted: park does the rest
final class Doorbell {
  /** Idle turns, of those since it slept, in which it lets others run before it sleeps again. */
  static final int YIELDS = 50;

  private final IdleMode mode;
  private volatile Thread sleeper;

  /** Since it slept. */
  private int yields;

  Doorbell(IdleMode mode) {
    this.mode = mode;
  }

  /** Wakes the sleeper, if there is one. Call after the work has been published; any thread. */
  void ring() {
    VarHandle.fullFence();
    final Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** The sleeper found no work. */
  void idle() {
    if (mode == IdleMode.SPIN) {
      Thread.onSpinWait();
    } else if (mode == IdleMode.YIELD) {
      Thread.yield();
    } else {
      backOff();
    }
  }

  private void backOff() {
    if (yields < YIELDS) {
      yields++;
      Thread.yield();
    } else if (sleeper == null) {
      sleeper = Thread.currentThread();
      VarHandle.fullFence();
    } else {
      LockSupport.park(this);
      sleeper = null;
      yields = 0;
    }
  }
}
