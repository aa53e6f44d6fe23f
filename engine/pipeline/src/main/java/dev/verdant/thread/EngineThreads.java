package dev.verdant.thread;

/**
 * What the threads that a command passes are called, in a thread dump and to the system; and how to
 * wait for the end of one.
 */
public final class EngineThreads {
  /** Sockets; with {@code written} also most of a lone command's way. */
  public static final String GATEWAY = "verdant-gateway";

  /** Appends to the journal what the gateway leaves to it. */
  public static final String JOURNAL = "verdant-journal";

  /** Applies commands; with {@code written} it replies, too. */
  public static final String LEDGER = "verdant-ledger";

  /** With {@code synced}: forces the journal, then replies. */
  public static final String REPLY = "verdant-reply";

  private EngineThreads() {}

  /**
   * Waits for the end of a thread, interrupted or not; returns at once if it was never started.
   *
   * @return whether the caller was interrupted meanwhile, which is for the caller to pass on.
   */
  public static boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
