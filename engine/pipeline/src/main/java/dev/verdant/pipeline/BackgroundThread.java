package dev.verdant.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/** A thread whose work can wait: {@link ThreadPriority#BACKGROUND}, and at a {@link WorkPace}. */
public final class BackgroundThread extends Thread {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final WorkPace pace =
      new WorkPace(THREADS::getCurrentThreadCpuTime, LockSupport::parkNanos);

  /** A thread that has not started. */
  public BackgroundThread(Runnable work, String name) {
    super(work, name);
  }

  @Override
  public void run() {
    ThreadPriority.BACKGROUND.assume();
    super.run();
  }

  /**
   * Lets the calling thread rest if it is of this kind and has worked for long enough: to be called
   * now and then by long work that may be done by such a thread.
   */
  public static void pause() {
    if (Thread.currentThread() instanceof BackgroundThread thread) {
      thread.pace.keep();
    }
  }

  /** How often it has rested; its own. */
  long rests() {
    return pace.rests();
  }
}
