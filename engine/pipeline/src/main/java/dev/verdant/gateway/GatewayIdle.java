package dev.verdant.gateway;

import dev.verdant.pipeline.IdleMode;
import dev.verdant.thread.WatchedYield;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the gateway's thread does after a turn without work: yields for some turns, then sleeps in
 * the selector until a socket is ready, a connection's time has come, or replies are published; at
 * once where a yield would cost it its processor ({@link WatchedYield}).
 */
final class GatewayIdle {
  private static final int IDLE_TURNS = 20;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final IdleMode mode;
  private final Selector selector;
  private final Consumer<SelectionKey> onSelected;
  private final List<GatewayConnection> connections;
  private final WatchedYield watchedYield;
  private int idleTurns;
  private volatile boolean asleep;

  GatewayIdle(
      IdleMode mode,
      Selector selector,
      Consumer<SelectionKey> onSelected,
      List<GatewayConnection> connections,
      WatchedYield watchedYield) {
    this.mode = mode;
    this.selector = selector;
    this.onSelected = onSelected;
    this.connections = connections;
    this.watchedYield = watchedYield;
  }

  /**
   * Ends a turn.
   *
   * @param work that it has done.
   * @param timerNanos after which there is another turn to be taken at the latest.
   */
  void rest(int work, long timerNanos) throws IOException {
    if (work > 0) {
      idleTurns = 0;
      if (asleep) {
        asleep = false;
      }
    } else {
      idleTurns++;
      idle(timerNanos);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint, for those who chose it
  private void idle(long timerNanos) throws IOException {
    if (mode == IdleMode.SPIN) {
      Thread.onSpinWait();
    } else if (mode == IdleMode.YIELD) {
      Thread.yield();
    } else if (idleTurns <= IDLE_TURNS && watchedYield.isCheap()) {
      watchedYield.giveWay();
    } else if (!asleep) {
      // Says so first, then takes one more turn: replies published before that are seen by the
      // turn, later ones wake the selector.
      asleep = true;
      VarHandle.fullFence();
    } else {
      sleep(timerNanos);
      asleep = false;
    }
  }

  private void sleep(long latestNanos) throws IOException {
    long timerNanos = latestNanos;
    for (int i = 0; i < connections.size(); i++) {
      final GatewayConnection connection = connections.get(i);
      connection.updateInterest();
      timerNanos = Math.min(timerNanos, connection.timerNanos());
    }
    if (timerNanos == Long.MAX_VALUE) {
      selector.select(onSelected);
    } else {
      selector.select(onSelected, 1 + timerNanos / NANOS_PER_MILLI);
    }
  }

  /** Replies have been published: wakes the thread if it sleeps. Called by the stages. */
  void wake() {
    VarHandle.fullFence();
    if (asleep) {
      selector.wakeup();
    }
  }
}
