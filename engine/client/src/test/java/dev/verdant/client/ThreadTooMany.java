package dev.verdant.client;

/** One that the system has no room for. */
final class ThreadTooMany extends Thread {
  ThreadTooMany(Runnable task) {
    super(task);
  }

  @Override
  public synchronized void start() {
    throw new OutOfMemoryError("unable to create native thread");
  }
}
