package dev.verdant.thread;

import dev.verdant.memory.ReaderPace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/** A thread whose work can wait: {@link ThreadPriority#BACKGROUND}, and at a {@link WorkPace}. */
public final class BackgroundThread extends Thread {
  /** That of the thread that reads, if it is of this kind; any other thread does not rest. */
  public static final ReaderPace READER_PACE = new OfTheReader();

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

  /** How often it has rested; its own. */
  public long rests() {
    return pace.rests();
  }

  private static final class OfTheReader implements ReaderPace {
    @Override
    public void afterCopies() {
      if (currentThread() instanceof BackgroundThread thread) {
        thread.pace.keep();
      }
    }

    @Override
    public void afterAbandoned() {
      if (currentThread() instanceof BackgroundThread thread) {
        thread.pace.restFromVainWork();
      }
    }
  }
}
