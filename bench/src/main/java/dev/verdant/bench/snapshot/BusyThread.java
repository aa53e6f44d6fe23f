package dev.verdant.bench.snapshot;

import dev.verdant.thread.BackgroundThread;
import java.util.concurrent.CompletableFuture;

/** A thread that keeps a processor busy with nothing, as long as it is open. */
final class BusyThread implements BesideOrders, AutoCloseable {
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean closed;

  private BusyThread() {}

  static BusyThread start() {
    final BusyThread busy = new BusyThread();
    final Thread thread = new BackgroundThread(busy::spin, "busy");
    thread.setDaemon(true);
    thread.start();
    return busy;
  }

  private void spin() {
    while (!closed) {
      Thread.onSpinWait();
    }
    ended.complete(null);
  }

  @Override
  public void startsAt(long nanos) {}

  @Override
  public void betweenBatches() {}

  @Override
  public void close() {
    closed = true;
    ended.join();
  }
}
