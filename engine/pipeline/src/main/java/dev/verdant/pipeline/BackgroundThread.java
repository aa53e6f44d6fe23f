package dev.verdant.pipeline;

import java.util.Locale;
import jnr.ffi.LibraryLoader;

/**
 * A thread whose work can wait, as long as commands need not: snapshots, bulk reads. Linux gives it
 * a smaller share of a processor that others want, and so rather has whatever else wakes up run in
 * its place than in that of a thread that commands wait for. See setpriority(2), which counts by
 * thread there; Java's own priorities are not told to that system.
 *
 * <p>A hint: a system that has no such thing runs it as any other.
 */
public final class BackgroundThread extends Thread {
  /**
   * Above the niceness of the process: a third of its other threads' share, so that a snapshot
   * comes to an end beside busy processors, and no safepoint of the JVM waits for long. Not above
   * that of the thread that starts this one, whose niceness it gets: an executor's threads start
   * each other.
   */
  static final int NICER_BY = 5;

  private static final int NICEST = 19;
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;

  private static final System.Logger LOGGER = System.getLogger(BackgroundThread.class.getName());

  /** Functions that no library here has; public, since JNR implements it. */
  public interface CLibrary {
    /** See getpriority(2). */
    int getpriority(int which, int who);

    /** See setpriority(2): 0, or -1 for an error. */
    int setpriority(int which, int who, int niceness);
  }

  private static final class Loaded {
    static final CLibrary C = LibraryLoader.create(CLibrary.class).load("c");
  }

  /** A thread that has not started. */
  public BackgroundThread(Runnable work, String name) {
    super(work, name);
  }

  @Override
  public void run() {
    lowerPriority();
    super.run();
  }

  private static void lowerPriority() {
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      try {
        final int process = (int) ProcessHandle.current().pid();
        final int niceness = Loaded.C.getpriority(PRIO_PROCESS, process) + NICER_BY;
        Loaded.C.setpriority(PRIO_PROCESS, THIS_THREAD, Math.min(niceness, NICEST));
      } catch (LinkageError e) {
        LOGGER.log(System.Logger.Level.INFO, "background threads run as any other", e);
      }
    }
  }
}
