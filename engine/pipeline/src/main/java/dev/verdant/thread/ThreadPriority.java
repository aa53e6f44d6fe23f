package dev.verdant.thread;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.ffi.LibraryLoader;

/**
 * How much a thread's work may wait for others' on a busy machine. Linux decides by niceness, which
 * is a thread's own there, who gets which share of a processor, and who runs on when another wakes
 * up: see setpriority(2). Java's own priorities are not told to that system.
 *
 * <p>A hint: where the system has no such thing, or does not allow it, threads run as any other.
 */
public enum ThreadPriority {
  /**
   * Applies commands: everything waits for it, and it never has long to run. Ten below the niceness
   * of the process: a processor's other threads get a tenth together if they want more than that at
   * the same time. Needs the right to do so (CAP_SYS_NICE, or a limit on niceness of 30: LimitNICE
   * of systemd, ulimit -e).
   */
  LEDGER(-10),

  /** As the process. */
  NORMAL(0),

  /**
   * Can wait, as long as commands need not: snapshots, bulk reads, finding memory. Five above the
   * niceness of the process: a third of its other threads' share, so that a snapshot comes to an
   * end beside busy processors, and no safepoint of the JVM waits for long.
   */
  BACKGROUND(5);

  private static final int NICEST = 19;
  private static final int LEAST_NICE = -20;
  private static final int PRIO_PROCESS = 0;
  private static final int THIS_THREAD = 0;

  private static final System.Logger LOGGER = System.getLogger(ThreadPriority.class.getName());

  private final int nicerBy;

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

  ThreadPriority(int nicerBy) {
    this.nicerBy = nicerBy;
  }

  /** Above the niceness of the process; below it if negative. */
  public int nicerBy() {
    return nicerBy;
  }

  /**
   * Gives the calling thread this priority, if it may. Counted from that of the process, not from
   * what the thread has of whoever started it: an executor's threads start each other.
   */
  public void assume() {
    if (!isAssumed()) {
      LOGGER.log(
          System.Logger.Level.DEBUG,
          "{0} has no right to the priority {1}, and runs as any other thread",
          Thread.currentThread().getName(),
          this);
    }
  }

  /** Whether threads of this process may have this priority: one that then ends tries. */
  public boolean isAllowed() {
    final AtomicBoolean allowed = new AtomicBoolean();
    final Thread trial = new Thread(() -> allowed.set(isAssumed()), "verdant-priority");
    trial.start();
    if (EngineThreads.join(trial)) {
      Thread.currentThread().interrupt();
    }
    return allowed.get();
  }

  private boolean isAssumed() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
      return false;
    }
    try {
      final int process = (int) ProcessHandle.current().pid();
      final int niceness = Loaded.C.getpriority(PRIO_PROCESS, process) + nicerBy;
      final int allowed = Math.max(LEAST_NICE, Math.min(niceness, NICEST));
      return Loaded.C.setpriority(PRIO_PROCESS, THIS_THREAD, allowed) == 0;
    } catch (LinkageError e) {
      LOGGER.log(System.Logger.Level.DEBUG, "all threads run alike", e);
      return false;
    }
  }
}
