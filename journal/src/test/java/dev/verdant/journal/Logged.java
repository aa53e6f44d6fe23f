package dev.verdant.journal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is written to the log meanwhile, by any thread. */
public final class Logged {
  private Logged() {}

  /** What may fail as a start does. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  public static <E extends Exception> String by(Work<E> work) throws E {
    final ByteArrayOutputStream log = new ByteArrayOutputStream();
    final PrintStream standardError = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(standardError);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
