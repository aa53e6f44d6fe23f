package dev.verdant.pipeline;

import java.util.Locale;
import jnr.ffi.LibraryLoader;

/**
 * A thread whose work can wait, as long as commands need not: snapshots, bulk reads, what operators
 * look at. Linux gives it a smaller share of a processor that others want, and so has whatever else
 * wakes up run in its place, not in that of a thread that commands wait for. See nice(2), which
 * counts by thread there; Java's own priorities are not told to that system.
 *
 * <p>A hint: a system that has no such thing runs it as any other.
 */
public final class BackgroundThread extends Thread {
  /**
   * A third of a usual thread's share: enough for snapshots to come to an end beside two busy
   * processors, and for a safepoint of the JVM not to wait long for such a thread.
   */
  static final int NICE_INCREMENT = 5;

  private static final System.Logger LOGGER = System.getLogger(BackgroundThread.class.getName());

  /** The function that no library here has; public, since JNR implements it. */
  public interface CLibrary {
    /** See nice(2). */
    int nice(int increment);
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
        Loaded.C.nice(NICE_INCREMENT);
      } catch (LinkageError e) {
        LOGGER.log(System.Logger.Level.INFO, "background threads run as any other", e);
      }
    }
  }
}
