package dev.verdant.bench.process;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What must not outlive this process: its children, and the directories that they work in. When it
 * is told to end (SIGTERM, SIGINT, {@link System#exit}), whatever there still is of them is ended
 * here, the last begun first: a directory is deleted when nobody works in it any more. SIGKILL
 * leaves no time for that.
 */
public final class AtExit {
  private static final System.Logger LOGGER = System.getLogger(AtExit.class.getName());
  private static final Deque<Held<?>> HELD = new ArrayDeque<>();
  private static boolean underWay;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::endAll, "bench-at-exit"));
  }

  private AtExit() {}

  /** Begins something. */
  @FunctionalInterface
  public interface Beginning<T> {
    /** Begins it. */
    T begin() throws IOException;
  }

  private record Held<T>(T what, Consumer<T> ending) {
    void end() {
      ending.accept(what);
    }
  }

  /**
   * Begins something that must not outlive this process.
   *
   * @param ending ends it, and waits for that; may come a second time.
   * @throws IOException if it cannot begin, or this process is about to end.
   */
  public static synchronized <T> T begin(Beginning<T> beginning, Consumer<T> ending)
      throws IOException {
    if (underWay) {
      throw new IOException("this process is about to end");
    }
    final T what = beginning.begin();
    HELD.push(new Held<>(what, ending));
    return what;
  }

  /** Forgets what has ended. */
  public static synchronized void forget(Object what) {
    HELD.removeIf(held -> held.what == what);
  }

  /** Whether this process is about to end, so that whatever fails now may do so for that reason. */
  public static synchronized boolean isUnderWay() {
    return underWay;
  }

  /** What cannot be ended keeps nothing else from being. */
  private static void endAll() {
    for (Held<?> next = next(); next != null; next = next()) {
      try {
        next.end();
      } catch (RuntimeException | Error e) {
        LOGGER.log(System.Logger.Level.WARNING, "could not end " + next.what, e);
      }
    }
  }

  private static synchronized Held<?> next() {
    underWay = true;
    return HELD.poll();
  }
}
